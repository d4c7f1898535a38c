import HandOver
import Testing

@Suite struct FoundLinksTests {
    @Test func `sticks are what is plugged in, with blanks in their names, and nothing of the system`() {
        let mounts = """
            /dev/sda2 / ext4 rw 0 0
            proc /proc proc rw 0 0
            /dev/sdb1 /media/jk/MY\\040STICK vfat rw 0 0
            /dev/sdc1 /run/media/jk/D\\134 exfat rw 0 0
            tmpfs /media/jk tmpfs rw 0 0
            /dev/sdd1 /home/media/x vfat rw 0 0

            /dev/sde1
            """
        let links = FoundLinks(mounts: mounts, devices: [], named: [])
        #expect(links.sticks == ["dir:/media/jk/MY STICK", "dir:/run/media/jk/D\\"])
    }

    @Test func `serial adapters go by their lasting names where there are such`() {
        let devices = ["tty", "tty0", "ttyACM0", "ttyUSB1", "ttyS0", "null"]
        #expect(
            FoundLinks(mounts: "", devices: devices, named: []).serialLines
                == ["serial:/dev/ttyACM0", "serial:/dev/ttyUSB1"])
        #expect(
            FoundLinks(mounts: "", devices: devices, named: ["usb-FTDI_A1"]).serialLines
                == ["serial:/dev/serial/by-id/usb-FTDI_A1"])
    }
}

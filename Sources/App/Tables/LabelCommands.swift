import CommandTable
import Model

/// Commands that read pictures and labels and change nothing.
enum LabelCommands {
    static let scan = Command(
        "scan", "Find every barcode in pictures or before a camera and say what each label means",
        discussion: [
            "Reads PNG, JPEG, WebP, TIFF and BMP. Pictures are decoded in a separate process, so a hostile or broken "
                + "file cannot harm the program; a file that cannot be read is named and the next one goes on.",
            "With --camera a code is printed once two frames agree on it, and again after it was out of view for a "
                + "second. CAMERA is a device (/dev/video0, or 0), a .y4m file, a folder of pictures, or, with the "
                + "package ffmpeg installed, any video file or the address of a network camera. A camera that is "
                + "unplugged or hangs is opened again.",
        ],
        arguments: [.init("FILE", "A picture", .any, isFile: true)],
        options: [
            .init("camera", .value("CAMERA"), "Read from a camera instead of picture files", isFile: true),
            .init("count", .value("N"), "With --camera: end after N codes"),
            .init(
                "timeout", .value("SECONDS"),
                "With --camera: end after this long, with exit code 1 when codes are missing"),
            .flag("torch", "With --camera: switch the camera's light on, where it has one"),
            Common.reveal,
        ],
        examples: [
            .init("muster scan Assets/labels/lorawan-sensor.jpg", "Show what is on one label"),
            .init("muster scan --json photos/*.jpg", "One JSON object for each symbol"),
            .init("muster scan --camera 0 --count 1 --timeout 30", "Read one code from the first camera"),
        ],
        exitCodes: Common.reading + [.notPermitted])

    static let label = Command(
        "label", "Say what one label payload means",
        discussion: [
            "TEXT is what a scanner delivers. Control characters may be written as \\x1d; with --lines each line of "
                + "standard input is a JSON object {\"input\":…, \"symbology\":…, "
                + "\"context\":…, \"format\":…}: all but the first may be left out. The context is the words beside "
                + "the code, or an object with \"regex\", \"alphabet\" and \"check\", or \"prefix\", \"suffix\" and "
                + "\"gsSubstitute\" of a keyboard scanner."
        ],
        arguments: [.init("TEXT", "The payload; standard input when it is left out", .optional)],
        options: [
            .init(
                "symbology", .choice("KIND", Symbology.allCases.map(\.rawValue)),
                "The kind of symbol that carried it"),
            .flag("lines", "Read one JSON object a line from standard input"),
            Common.reveal,
        ],
        examples: [
            .init("muster label '(01)09501101530003(21)SN-1'", "Read a GS1 element string"),
            .init("muster label --json --lines < scans.jsonl", "Read many"),
        ],
        exitCodes: Common.reading)
}

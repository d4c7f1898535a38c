import Canvas
import Screens
import Wedge

extension Scene {
    static let settings: [Scene] = [
        Scene(name: "doctor-busy") { $0.type("6") },
        Scene(name: "doctor") { stage in
            stage.type("6")
            stage.answer(
                .examined([
                    DoctorRow(check: "store", verdict: .good, says: "3 operations, 1 open"),
                    DoctorRow(
                        check: "disk", verdict: .warning, says: "12 MiB free",
                        nextStep: "Free space before going on."),
                    DoctorRow(
                        check: "decoder", verdict: .bad, says: "muster-decode is not there",
                        nextStep: "Install Muster again."),
                ]))
        },
        Scene(name: "settings") { stage in
            stage.type("7")
            stage.answer(.camerasListed([CameraFact(path: "/dev/video0", name: "Rugged cam")]))
        },
        Scene(name: "settings-touch") { stage in
            stage.type("7")
            stage.type("3")
        },
        Scene(name: "calibration") { stage in
            stage.type("7")
            stage.type("5")
        },
        Scene(name: "calibration-second") { stage in
            calibrate(stage)
            stage.scan(CalibrationCode.separator.payload)
        },
        Scene(name: "calibration-failed") { stage in
            calibrate(stage)
            for code in CalibrationCode.allCases { stage.scan(code.payload.filter { $0 != "\u{1D}" }) }
        },
        Scene(name: "calibration-learnt") { stage in
            calibrate(stage)
            for code in CalibrationCode.allCases {
                stage.scan("#" + code.payload.split(separator: "\u{1D}").joined(separator: "~"))
            }
        },
        Scene(name: "key-sheet") { stage in
            stage.type("7")
            stage.type("6")
        },
        Scene(name: "choice-camera") { stage in
            stage.type("7")
            stage.answer(.camerasListed([CameraFact(path: "/dev/video0", name: "Rugged cam")]))
            stage.type("4")
        },
        Scene(name: "text-camera") { stage in
            stage.type("7")
            stage.type("4")
            stage.press(.end)
            stage.enter()
        },
        Scene(name: "files") { stage in
            stage.type("1")
            stage.press(.f(2))
            stage.answer(
                .filesListed(
                    directory: "/home/jk/labels",
                    [
                        FileRow(name: "old", isDirectory: true), FileRow(name: "a.png", isDirectory: false),
                        FileRow(name: "notes.txt", isDirectory: false),
                    ]))
        },
    ]

    private static func calibrate(_ stage: Stage) {
        stage.type("7")
        stage.type("5")
    }
}

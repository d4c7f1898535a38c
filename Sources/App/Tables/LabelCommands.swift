import CommandTable
import Model

/// Commands that read pictures and labels and change nothing.
enum LabelCommands {
    static let scan = Command(
        "scan", "Find every barcode in pictures or before a camera and say what each label means",
        discussion: [
            "Reads PNG, JPEG, WebP, TIFF (all pages), GIF (all frames) and BMP. FILE can be a folder, which means all "
                + "pictures in it, a pattern in quotes, or - for standard input. Pictures are decoded in a separate "
                + "process that can open no file and no connection, so a hostile or broken file cannot harm the program; "
                + "a file that cannot be read is named and the next one goes on.",
            "One picture is explained code by code. Several make a table: ✓ is understood, ? has to be compared with the "
                + "label or can be read in two ways, ! cannot be used as it is; below it stands what to do. With --json "
                + "there is one object for each symbol: file, symbology, text, bytes (base64), points, label, and where "
                + "they apply page, disputed, rivals, conflicts, profile and role. With --together as well there is one "
                + "for each picture: the fields of all its codes, and whether they name one device (identifies).",
            "With --camera a code is printed once two frames agree on it, and again after it was out of view for a "
                + "second. CAMERA is a device (/dev/video0, or 0), a .y4m file, a folder of pictures, or, with the "
                + "package ffmpeg installed, any video file or the address of a network camera. A camera that is "
                + "unplugged or hangs is opened again.",
        ],
        arguments: [
            .init("FILE", "A picture, a folder, a pattern, or - for standard input", .any, isFile: true)
        ],
        options: [
            .init("camera", .value("CAMERA"), "Read from a camera instead of picture files", isFile: true),
            .init("count", .value("N"), "With --camera: end after N codes"),
            .init(
                "timeout", .value("SECONDS"),
                "With --camera: end after this long, with exit code 1 when codes are missing"),
            .flag("explain", "Several pictures: explain each instead of making a table"),
            .flag("together", "With --json: one object for each picture, of all its codes"),
            .flag("torch", "With --camera: switch the camera's light on, where it has one"),
            Common.reveal,
        ],
        examples: [
            .init("muster scan Assets/labels/lorawan-sensor.jpg", "Show what is on one label"),
            .init("muster scan photos", "A table of all pictures in a folder"),
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
                "The kind of symbol that carried it"
            ).own,
            .flag("lines", "Read one JSON object a line from standard input").own,
            Common.reveal.own,
        ],
        examples: [
            .init("muster label '(01)09501101530003(21)SN-1'", "Read a GS1 element string"),
            .init("muster label --json --lines < scans.jsonl", "Read many"),
        ],
        exitCodes: Common.reading, subcommands: [learn], runsAlone: true)

    private static let learn = Command(
        "learn", "Make a profile from two or three labels of one product",
        discussion: [
            "A profile says which code of a label is the serial, which is the part number and which to leave alone. Each "
                + "FILE is a picture of one label, of different devices of the product. The codes of the labels are "
                + "compared: what is the same on all of them is the product's, what differs is the device's. When several "
                + "may be the serial, --serial names that of each label.",
            "The profile is printed as JSON, with the labels as examples that are tested each time it is loaded; codes "
                + "with secrets are left out of them. --check says what it makes of labels that it has not seen.",
        ],
        arguments: [.init("FILE", "A picture of one label", .any, isFile: true)],
        options: [
            .init("name", .value("NAME"), "The profile's name"),
            .init("product", .value("PRODUCT"), "The product of the catalogue that such labels are on"),
            .init("serial", .values("SERIAL"), "The serial of a label, once for each, in their order"),
            .init("check", .values("FILE"), "A label that was not learned from", isFile: true),
            .init("output", .value("FILE"), "Write the profile to FILE", isFile: true),
            .flag("install", "Keep the profile for this user: all commands and screens use it"),
            .flag("lines", "One label a line of standard input: {\"codes\":[{\"text\":…, \"symbology\":…}]}"),
        ],
        examples: [
            .init(
                "muster label learn --name router --product router a.jpg b.jpg c.jpg --check d.jpg",
                "Learn and try"),
            .init("muster label learn --name router --install a.jpg b.jpg", "Learn, and use it from now on"),
        ],
        exitCodes: Common.reading + [.cannotWrite])
}

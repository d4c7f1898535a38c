/// The keyboard layouts between which a scanner and a machine are confused.
///
/// A wedge scanner sends keys, not characters: it holds one layout in mind, and the machine reads the keys by
/// its own.
package enum KeyboardLayout: String, Codable, CaseIterable, Sendable {
    case us, german, french, british

    /// As scanner handbooks and desktop settings name it.
    package var name: String {
        switch self {
        case .us: "US English"
        case .german: "German"
        case .french: "French"
        case .british: "UK English"
        }
    }

    /// The characters of the 47 keys from top left to bottom right, without Shift and with it.
    private var keys: (plain: String, shifted: String) {
        switch self {
        case .us:
            (
                #"`1234567890-=qwertyuiop[]\asdfghjkl;'zxcvbnm,./"#,
                #"~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?"#
            )
        case .german:
            (
                #"^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-"#,
                #"°!"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_"#
            )
        case .french:
            (
                #"²&é"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!"#,
                #"~1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§"#
            )
        case .british:
            (
                #"`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./"#,
                #"¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?"#
            )
        }
    }

    private var characters: [Unicode.Scalar] {
        Array(keys.plain.unicodeScalars) + Array(keys.shifted.unicodeScalars)
    }

    /// What a scanner with the layout `scanner` meant when a machine with this layout read `text`; `nil` when
    /// the text holds a character that this layout cannot type.
    package func meant(_ text: String, by scanner: KeyboardLayout) -> String? {
        let (read, sent) = (characters, scanner.characters)
        var meant = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let key = read.firstIndex(of: scalar), key < sent.count {
                meant.append(sent[key])
            } else if scalar.value <= 0x20 {
                meant.append(scalar)
            } else {
                return nil
            }
        }
        return String(meant)
    }

    /// What a machine with this layout reads when a scanner with the layout `scanner` sends `text`.
    package func reads(_ text: String, from scanner: KeyboardLayout) -> String? {
        scanner.meant(text, by: self)
    }
}

extension String {
    /// With the case of its ASCII letters swapped, as Caps Lock does it.
    var caseSwapped: String {
        var swapped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isLetter = (0x41...0x5A).contains(scalar.value & ~0x20)
            swapped.append(isLetter && scalar.isASCII ? Unicode.Scalar(UInt8(scalar.value ^ 0x20)) : scalar)
        }
        return String(swapped)
    }
}

package import Model

extension ProfileLearner.Failure: Explained {
    package var explanation: Explanation {
        switch self {
        case .tooFewExamples:
            Explanation(
                id: "learn_examples", what: "No profile was made: it takes 2 to 16 labels of one product.",
                nextStep: "Give a picture of each label, two or three of them.")
        case .emptyExample(let number):
            Explanation(
                id: "learn_no_code",
                what: "No profile was made: label \(number) has no code that could be read.",
                nextStep: "Take its picture again, or leave it out.")
        case .nothingVaries:
            Explanation(
                id: "learn_nothing_varies",
                what: "No profile was made: nothing on the labels tells one device from another.",
                nextStep: "Give labels of different devices.")
        case .severalSerials(let texts):
            Explanation(
                id: "learn_several",
                what:
                    "No profile was made: any of \(texts.map { "`\($0)`" }.joined(separator: " and ")) may be the serial.",
                nextStep: "Name the serial of each label with --serial, in their order.")
        case .serialNotFound(let number):
            Explanation(
                id: "learn_serial_missing",
                what:
                    "No profile was made: the serial of label \(number) is not named, or is in none of its codes.",
                nextStep: "Give the serials as they are in the codes, in the order of the labels.")
        case .unproven(let error): error.explanation
        }
    }
}

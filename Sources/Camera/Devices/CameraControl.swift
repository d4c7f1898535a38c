internal import CV4L2

/// Something of a camera that can be set, also while it gives pictures.
package struct CameraControl: Equatable, Sendable {
    package enum Kind: Int32, CaseIterable, Sendable {
        /// 0 off, 1 on.
        case torch = 0
        /// 0 by hand, 1 by the camera.
        case automaticExposure
        /// In units of 100 µs.
        case exposure
        /// 0 by hand, 1 by the camera.
        case automaticFocus
        /// In steps of the lens.
        case focus
        case brightness
        case gain
    }

    package let kind: Kind
    package let range: ClosedRange<Int32>
    package let step: Int32
    package var value: Int32
}

extension CameraDevice {
    /// The controls that this camera has.
    package func controls() throws(CameraError) -> [CameraControl] {
        var controls: [CameraControl] = []
        for kind in CameraControl.Kind.allCases {
            var found = cv4l2_control()
            let answer = cv4l2_read_control(path, kind.rawValue, &found)
            guard answer >= 0 else { throw .from(answer, call: "VIDIOC_QUERYCTRL", path: path) }
            guard answer == 1, found.least <= found.most else { continue }
            controls.append(
                CameraControl(
                    kind: kind, range: found.least...found.most, step: max(1, found.step), value: found.value)
            )
        }
        return controls
    }

    /// Sets a control; a value outside its range is refused by the camera or brought into it.
    package func set(_ kind: CameraControl.Kind, to value: Int32) throws(CameraError) {
        let done = cv4l2_set_control(path, kind.rawValue, value)
        if done == -22 { throw .noSuchControl(path: path) }  // EINVAL
        guard done >= 0 else { throw .from(done, call: "VIDIOC_S_CTRL", path: path) }
    }
}

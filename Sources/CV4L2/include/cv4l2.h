// Cameras of Video4Linux, version 2: describe, open, take frames, set controls. An opaque border: no kernel
// header reaches Swift. Unless said otherwise, a call returns 0 or more, and -errno when it failed.
// Source: Linux kernel, userspace-api/media/v4l.
#pragma once
#include <stddef.h>
#include <stdint.h>

// --- Devices ---

typedef struct {
    char name[33];  // the camera's own, such as "Integrated Camera"
    char place[33]; // where it is plugged in, such as "usb-0000:00:14.0-1"
} cv4l2_description;

/// 1: the node at this path gives pictures; 0: it is another kind of node, such as a camera's metadata.
int cv4l2_describe(const char *path, cv4l2_description *description);

// --- Frames ---

typedef struct cv4l2_camera cv4l2_camera;

enum { CV4L2_GREY = 1, CV4L2_NV12, CV4L2_YUYV, CV4L2_JPEG };

typedef struct {
    const uint8_t *bytes; // of the driver's memory, until the frame is given back
    size_t count;
    int width, height;
    int format;
    uint32_t sequence;
    int buffer;
    int damaged; // the driver says so, or it is too short for its size
} cv4l2_frame;

/// Opens the camera and starts it, in the first format it has of those above and the size nearest to the one
/// given. On failure `step` names the call.
int cv4l2_open(const char *path, int width, int height, int frames_per_second, cv4l2_camera **camera,
               const char **step);
enum { CV4L2_FRAME_READY = 1, CV4L2_STOPPED = 2 };
/// Waits for a frame, or until `stop` can be read: the bits above, 0 at the time limit.
int cv4l2_wait(const cv4l2_camera *camera, int stop, int timeout_milliseconds);
/// 1 and the next frame, or 0 when there is none yet. -ENODEV: the camera was unplugged.
int cv4l2_take(cv4l2_camera *camera, cv4l2_frame *frame);
int cv4l2_give_back(cv4l2_camera *camera, const cv4l2_frame *frame);
/// Writes the brightness of a frame, which is not damaged and no JPEG: width * height bytes.
void cv4l2_copy_gray(const cv4l2_camera *camera, const cv4l2_frame *frame, uint8_t *gray);
void cv4l2_close(cv4l2_camera *camera);

// --- Controls: on the node, whether or not it is open for frames ---

enum {
    CV4L2_TORCH = 0,          // 0 off, 1 on
    CV4L2_EXPOSURE_AUTOMATIC, // 0 by hand, 1 by the camera
    CV4L2_EXPOSURE,           // in units of 100 µs
    CV4L2_FOCUS_AUTOMATIC,    // 0 by hand, 1 by the camera
    CV4L2_FOCUS,              // in steps of the lens
    CV4L2_BRIGHTNESS,
    CV4L2_GAIN,
    CV4L2_CONTROL_COUNT,
};

typedef struct {
    int32_t least, most, step, value;
} cv4l2_control;

/// 1 and the control's range and value, or 0 when the camera has none such that can be set.
int cv4l2_read_control(const char *path, int which, cv4l2_control *control);
/// -EINVAL when the camera has none such.
int cv4l2_set_control(const char *path, int which, int32_t value);

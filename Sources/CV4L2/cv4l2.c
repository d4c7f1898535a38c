#define _GNU_SOURCE
#include "cv4l2.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFERS = 4, MOST_BUFFERS = 8, MOST_SIDE = 16384 };

struct cv4l2_camera {
    int fd;
    int streaming;
    int count;
    struct {
        uint8_t *bytes;
        size_t count;
    } buffers[MOST_BUFFERS];
    int width, height, stride;
    int format;
    size_t least_bytes; // of a whole frame; 1 for JPEG
};

// In the order of preference: brightness without any work first, what has to be decoded last.
static const struct {
    uint32_t pixels;
    int format;
} formats[] = {
    {V4L2_PIX_FMT_GREY, CV4L2_GREY}, {V4L2_PIX_FMT_NV12, CV4L2_NV12},  {V4L2_PIX_FMT_YUYV, CV4L2_YUYV},
    {V4L2_PIX_FMT_MJPEG, CV4L2_JPEG}, {V4L2_PIX_FMT_JPEG, CV4L2_JPEG},
};
enum { FORMATS = sizeof formats / sizeof *formats };

static int call(int fd, unsigned long request, void *argument) {
    int done;
    do done = ioctl(fd, request, argument);
    while (done < 0 && errno == EINTR);
    return done < 0 ? -errno : 0;
}

static int open_node(const char *path, int access) {
    struct stat found;
    if (stat(path, &found) < 0) return -errno;
    if (!S_ISCHR(found.st_mode)) return -ENOTTY;
    int fd;
    do fd = open(path, access | O_NONBLOCK | O_CLOEXEC);
    while (fd < 0 && errno == EINTR);
    return fd < 0 ? -errno : fd;
}

// A USB camera has a second node, for metadata, which has the capabilities of the device but not these.
static int gives_pictures(const struct v4l2_capability *found) {
    uint32_t able = found->capabilities & V4L2_CAP_DEVICE_CAPS ? found->device_caps : found->capabilities;
    return (able & V4L2_CAP_VIDEO_CAPTURE) && (able & V4L2_CAP_STREAMING);
}

static void copy_text(char to[33], const uint8_t *from) {
    memcpy(to, from, 32);
    to[32] = 0;
}

int cv4l2_describe(const char *path, cv4l2_description *description) {
    int fd = open_node(path, O_RDWR);
    if (fd < 0) return fd;
    struct v4l2_capability found = {0};
    int done = call(fd, VIDIOC_QUERYCAP, &found);
    close(fd);
    if (done < 0) return done == -ENOTTY ? 0 : done;
    copy_text(description->name, found.card);
    copy_text(description->place, found.bus_info);
    return gives_pictures(&found);
}

// --- Opening ---

static int choose_format(cv4l2_camera *camera, int width, int height) {
    int best = FORMATS;
    for (uint32_t index = 0;; index++) {
        struct v4l2_fmtdesc offered = {.index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
        if (call(camera->fd, VIDIOC_ENUM_FMT, &offered) < 0) break;
        for (int i = 0; i < best; i++) {
            if (formats[i].pixels == offered.pixelformat) best = i;
        }
    }
    if (best == FORMATS) return -ENOTSUP;
    struct v4l2_format wanted = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    struct v4l2_pix_format *picture = &wanted.fmt.pix;
    picture->width = (uint32_t)width;
    picture->height = (uint32_t)height;
    picture->pixelformat = formats[best].pixels;
    picture->field = V4L2_FIELD_ANY;
    int done = call(camera->fd, VIDIOC_S_FMT, &wanted);
    if (done < 0) return done;
    // The driver answers with what it will really give.
    if (picture->pixelformat != formats[best].pixels) return -ENOTSUP;
    if (picture->width < 1 || picture->height < 1) return -ENOTSUP;
    if (picture->width > MOST_SIDE || picture->height > MOST_SIDE) return -ENOTSUP;
    camera->width = (int)picture->width;
    camera->height = (int)picture->height;
    camera->format = formats[best].format;
    int row = camera->format == CV4L2_YUYV ? camera->width * 2 : camera->width;
    camera->stride = (int)picture->bytesperline > row ? (int)picture->bytesperline : row;
    camera->least_bytes =
        camera->format == CV4L2_JPEG ? 1 : (size_t)camera->stride * (size_t)(camera->height - 1) + (size_t)row;
    return 0;
}

static int map_buffers(cv4l2_camera *camera, const char **step) {
    struct v4l2_requestbuffers wanted = {
        .count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    *step = "VIDIOC_REQBUFS";
    int done = call(camera->fd, VIDIOC_REQBUFS, &wanted);
    if (done < 0) return done;
    if (wanted.count == 0) return -ENOMEM;
    for (uint32_t index = 0; index < wanted.count && index < MOST_BUFFERS; index++) {
        struct v4l2_buffer buffer = {
            .index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
        *step = "VIDIOC_QUERYBUF";
        if ((done = call(camera->fd, VIDIOC_QUERYBUF, &buffer)) < 0) return done;
        *step = "mmap";
        void *bytes =
            mmap(NULL, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, camera->fd, buffer.m.offset);
        if (bytes == MAP_FAILED) return -errno;
        camera->buffers[index].bytes = bytes;
        camera->buffers[index].count = buffer.length;
        camera->count = (int)index + 1;
        *step = "VIDIOC_QBUF";
        if ((done = call(camera->fd, VIDIOC_QBUF, &buffer)) < 0) return done;
    }
    return 0;
}

static int start(cv4l2_camera *camera, const char *path, int width, int height, int rate, const char **step) {
    *step = "open";
    camera->fd = open_node(path, O_RDWR);
    if (camera->fd < 0) return camera->fd;
    struct v4l2_capability found = {0};
    *step = "VIDIOC_QUERYCAP";
    int done = call(camera->fd, VIDIOC_QUERYCAP, &found);
    if (done < 0) return done;
    if (!gives_pictures(&found)) return -ENOTTY;
    *step = "VIDIOC_S_FMT";
    if ((done = choose_format(camera, width, height)) < 0) return done;
    struct v4l2_streamparm pace = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE};
    pace.parm.capture.timeperframe.numerator = 1;
    pace.parm.capture.timeperframe.denominator = (uint32_t)rate;
    // Many cameras have one pace only: what they do not set, they do not need.
    (void)call(camera->fd, VIDIOC_S_PARM, &pace);
    if ((done = map_buffers(camera, step)) < 0) return done;
    *step = "VIDIOC_STREAMON";
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if ((done = call(camera->fd, VIDIOC_STREAMON, &type)) < 0) return done;
    camera->streaming = 1;
    return 0;
}

int cv4l2_open(const char *path, int width, int height, int frames_per_second, cv4l2_camera **camera,
               const char **step) {
    *step = "malloc";
    cv4l2_camera *opened = calloc(1, sizeof *opened);
    if (!opened) return -ENOMEM;
    opened->fd = -1;
    int done = start(opened, path, width, height, frames_per_second, step);
    if (done < 0) {
        cv4l2_close(opened);
        return done;
    }
    *camera = opened;
    return 0;
}

void cv4l2_close(cv4l2_camera *camera) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (camera->streaming) (void)call(camera->fd, VIDIOC_STREAMOFF, &type);
    for (int i = 0; i < camera->count; i++) munmap(camera->buffers[i].bytes, camera->buffers[i].count);
    if (camera->fd >= 0) close(camera->fd);
    free(camera);
}

// --- Frames ---

int cv4l2_wait(const cv4l2_camera *camera, int stop, int timeout_milliseconds) {
    struct pollfd entries[] = {{.fd = camera->fd, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
    int found = poll(entries, 2, timeout_milliseconds);
    // A signal is no end of the time: say "a frame may be ready", which costs one look.
    if (found < 0) return errno == EINTR ? CV4L2_FRAME_READY : -errno;
    return (entries[0].revents ? CV4L2_FRAME_READY : 0) | (entries[1].revents ? CV4L2_STOPPED : 0);
}

int cv4l2_take(cv4l2_camera *camera, cv4l2_frame *frame) {
    struct v4l2_buffer buffer = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP};
    int done = call(camera->fd, VIDIOC_DQBUF, &buffer);
    if (done < 0) return done == -EAGAIN ? 0 : done;
    if (buffer.index >= (uint32_t)camera->count) return -EIO;
    frame->bytes = camera->buffers[buffer.index].bytes;
    size_t room = camera->buffers[buffer.index].count;
    frame->count = buffer.bytesused < room ? buffer.bytesused : room;
    frame->width = camera->width;
    frame->height = camera->height;
    frame->format = camera->format;
    frame->sequence = buffer.sequence;
    frame->buffer = (int)buffer.index;
    frame->damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) || frame->count < camera->least_bytes;
    return 1;
}

int cv4l2_give_back(cv4l2_camera *camera, const cv4l2_frame *frame) {
    struct v4l2_buffer buffer = {.index = (uint32_t)frame->buffer,
                                 .type = V4L2_BUF_TYPE_VIDEO_CAPTURE,
                                 .memory = V4L2_MEMORY_MMAP};
    return call(camera->fd, VIDIOC_QBUF, &buffer);
}

void cv4l2_copy_gray(const cv4l2_camera *camera, const cv4l2_frame *frame, uint8_t *gray) {
    size_t width = (size_t)frame->width;
    for (int y = 0; y < frame->height; y++) {
        const uint8_t *row = frame->bytes + (size_t)y * (size_t)camera->stride;
        uint8_t *to = gray + (size_t)y * width;
        // NV12 begins with a whole plane of brightness, as GREY is one; YUYV has it in every other byte.
        if (frame->format != CV4L2_YUYV) memcpy(to, row, width);
        else for (size_t x = 0; x < width; x++) to[x] = row[2 * x];
    }
}

// --- Controls ---

// What "on" and "off" are in the kernel's own menus.
static const struct {
    uint32_t id;
    int is_switch;
    int32_t off, on;
} controls[CV4L2_CONTROL_COUNT] = {
    [CV4L2_TORCH] = {V4L2_CID_FLASH_LED_MODE, 1, V4L2_FLASH_LED_MODE_NONE, V4L2_FLASH_LED_MODE_TORCH},
    [CV4L2_EXPOSURE_AUTOMATIC] = {V4L2_CID_EXPOSURE_AUTO, 1, V4L2_EXPOSURE_MANUAL,
                                  V4L2_EXPOSURE_APERTURE_PRIORITY},
    [CV4L2_EXPOSURE] = {V4L2_CID_EXPOSURE_ABSOLUTE, 0, 0, 0},
    [CV4L2_FOCUS_AUTOMATIC] = {V4L2_CID_FOCUS_AUTO, 1, 0, 1},
    [CV4L2_FOCUS] = {V4L2_CID_FOCUS_ABSOLUTE, 0, 0, 0},
    [CV4L2_BRIGHTNESS] = {V4L2_CID_BRIGHTNESS, 0, 0, 0},
    [CV4L2_GAIN] = {V4L2_CID_GAIN, 0, 0, 0},
};

int cv4l2_read_control(const char *path, int which, cv4l2_control *control) {
    if (which < 0 || which >= CV4L2_CONTROL_COUNT) return -EINVAL;
    int fd = open_node(path, O_RDWR);
    if (fd < 0) return fd;
    struct v4l2_queryctrl range = {.id = controls[which].id};
    struct v4l2_control now = {.id = controls[which].id};
    int done = call(fd, VIDIOC_QUERYCTRL, &range);
    if (done == 0 && (range.flags & (V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY))) done = -EINVAL;
    if (done == 0) done = call(fd, VIDIOC_G_CTRL, &now);
    close(fd);
    if (done < 0) return done == -EINVAL || done == -ENOTTY ? 0 : done;
    if (controls[which].is_switch) *control = (cv4l2_control){0, 1, 1, now.value != controls[which].off};
    else *control = (cv4l2_control){range.minimum, range.maximum, range.step, now.value};
    return 1;
}

int cv4l2_set_control(const char *path, int which, int32_t value) {
    if (which < 0 || which >= CV4L2_CONTROL_COUNT) return -EINVAL;
    int fd = open_node(path, O_RDWR);
    if (fd < 0) return fd;
    struct v4l2_control wanted = {.id = controls[which].id, .value = value};
    if (controls[which].is_switch) wanted.value = value ? controls[which].on : controls[which].off;
    int done = call(fd, VIDIOC_S_CTRL, &wanted);
    // A camera that keeps its aperture has one automatic, others have the full one only.
    if (done == -EINVAL && which == CV4L2_EXPOSURE_AUTOMATIC && value) {
        wanted.value = V4L2_EXPOSURE_AUTO;
        done = call(fd, VIDIOC_S_CTRL, &wanted);
    }
    close(fd);
    return done;
}

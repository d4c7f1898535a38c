// A Video4Linux camera for one path of the process into which this is loaded. See README.md.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { HANDLES = 16, BUFFERS = 4, NANOSECONDS_A_FRAME = 10 * 1000 * 1000 };

// One open descriptor of the camera.
struct handle {
    int fd; // -1: free
    int is_metadata;
    int memory;
    uint8_t *buffers;
    size_t buffer_bytes;
    int queue[BUFFERS], queued;
    int streaming;
    uint32_t sequence;
    uint8_t *frame;
    size_t frame_bytes;
};

static struct handle handles[HANDLES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int torch = V4L2_FLASH_LED_MODE_NONE;
static int exposure = 156;

__attribute__((constructor)) static void begin(void) {
    for (int i = 0; i < HANDLES; i++) handles[i].fd = -1;
}

// --- The real calls ---

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// --- What the test says ---

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int number(const char *name) { return atoi(variable(name)); }

static void file_path(char path[512], const char *name) {
    snprintf(path, 512, "%s/%s", variable("FAKE_CAMERA_HOME"), name);
}

static int is_there(const char *name) {
    char path[512];
    file_path(path, name);
    return access(path, F_OK) == 0;
}

// 0: another path; 1: the camera; 2: its metadata.
static int node(const char *path) {
    const char *camera = variable("FAKE_CAMERA");
    size_t length = strlen(camera);
    if (length == 0 || !path || strncmp(path, camera, length) != 0) return 0;
    if (path[length] == 0) return 1;
    return strcmp(path + length, "-metadata") == 0 ? 2 : 0;
}

static uint32_t format(void) {
    const char *name = variable("FAKE_CAMERA_FORMAT");
    if (strcmp(name, "yuyv") == 0) return V4L2_PIX_FMT_YUYV;
    if (strcmp(name, "nv12") == 0) return V4L2_PIX_FMT_NV12;
    if (strcmp(name, "jpeg") == 0) return V4L2_PIX_FMT_MJPEG;
    return V4L2_PIX_FMT_GREY;
}

// Rows are longer than they need to be, as those of many drivers are.
static size_t stride(void) {
    size_t width = (size_t)number("FAKE_CAMERA_WIDTH");
    return (format() == V4L2_PIX_FMT_YUYV ? 2 * width : width) + 32;
}

static size_t image_bytes(void) {
    size_t height = (size_t)number("FAKE_CAMERA_HEIGHT");
    if (format() == V4L2_PIX_FMT_NV12) return stride() * (height + (height + 1) / 2);
    if (format() == V4L2_PIX_FMT_MJPEG) return (size_t)number("FAKE_CAMERA_WIDTH") * height * 2;
    return stride() * height;
}

// --- Handles ---

static struct handle *find(int fd) {
    for (int i = 0; fd >= 0 && i < HANDLES; i++) {
        if (handles[i].fd == fd) return &handles[i];
    }
    return NULL;
}

static void read_frame(struct handle *handle) {
    char path[512];
    file_path(path, "frame");
    int fd = REAL(open)(path, O_RDONLY | O_CLOEXEC);
    struct stat found;
    if (fd < 0) return;
    if (REAL(fstat)(fd, &found) == 0 && (handle->frame = malloc((size_t)found.st_size))) {
        ssize_t got = read(fd, handle->frame, (size_t)found.st_size);
        handle->frame_bytes = got > 0 ? (size_t)got : 0;
    }
    REAL(close)(fd);
}

static int open_camera(int which) {
    if (is_there("unplugged")) {
        errno = ENOENT;
        return -1;
    }
    pthread_mutex_lock(&lock);
    int fd = -1;
    for (int i = 0; i < HANDLES && fd < 0; i++) {
        if (handles[i].fd >= 0) continue;
        fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        handles[i] = (struct handle){.fd = fd, .is_metadata = which == 2, .memory = -1};
        handles[i].buffer_bytes = (image_bytes() + 4095) & ~(size_t)4095;
        read_frame(&handles[i]);
    }
    pthread_mutex_unlock(&lock);
    if (fd < 0) errno = EMFILE;
    return fd;
}

static void forget(struct handle *handle) {
    if (handle->buffers) REAL(munmap)(handle->buffers, handle->buffer_bytes * BUFFERS);
    if (handle->memory >= 0) REAL(close)(handle->memory);
    free(handle->frame);
    *handle = (struct handle){.fd = -1, .memory = -1};
}

// --- Calls on frames; each gives 0 or an errno value ---

static int request_buffers(struct handle *handle, struct v4l2_requestbuffers *wanted) {
    if (wanted->memory != V4L2_MEMORY_MMAP) return EINVAL;
    for (int i = 0; i < HANDLES; i++) {
        if (&handles[i] != handle && handles[i].fd >= 0 && handles[i].buffers) return EBUSY;
    }
    size_t all = handle->buffer_bytes * BUFFERS;
    handle->memory = memfd_create("fake-camera", MFD_CLOEXEC);
    if (handle->memory < 0 || ftruncate(handle->memory, (off_t)all) < 0) return ENOMEM;
    void *mapped = REAL(mmap)(NULL, all, PROT_READ | PROT_WRITE, MAP_SHARED, handle->memory, 0);
    if (mapped == MAP_FAILED) return ENOMEM;
    handle->buffers = mapped;
    wanted->count = BUFFERS;
    return 0;
}

static int stream(struct handle *handle, int on) {
    long every = on ? NANOSECONDS_A_FRAME : 0;
    struct itimerspec pace = {{0, every}, {0, every}};
    handle->streaming = on;
    if (!on) handle->queued = 0;
    return timerfd_settime(handle->fd, 0, &pace, NULL) < 0 ? errno : 0;
}

static size_t draw(struct handle *handle, uint8_t *to) {
    size_t width = (size_t)number("FAKE_CAMERA_WIDTH"), height = (size_t)number("FAKE_CAMERA_HEIGHT");
    if (format() == V4L2_PIX_FMT_MJPEG) {
        size_t count = handle->frame_bytes;
        if (count > handle->buffer_bytes) count = handle->buffer_bytes;
        memcpy(to, handle->frame, count);
        return count;
    }
    memset(to, 128, image_bytes());
    size_t step = format() == V4L2_PIX_FMT_YUYV ? 2 : 1;
    for (size_t i = 0; i < width * height && i < handle->frame_bytes; i++) {
        to[i / width * stride() + i % width * step] = handle->frame[i];
    }
    return image_bytes();
}

static int take(struct handle *handle, struct v4l2_buffer *buffer) {
    uint64_t ticks;
    if (!handle->streaming) return EINVAL;
    if (read(handle->fd, &ticks, sizeof ticks) != sizeof ticks) return EAGAIN;
    if (handle->queued == 0 || is_there("stalled")) return EAGAIN;
    int index = handle->queue[0];
    memmove(handle->queue, handle->queue + 1, (size_t)--handle->queued * sizeof *handle->queue);
    buffer->index = (uint32_t)index;
    buffer->bytesused = (uint32_t)draw(handle, handle->buffers + (size_t)index * handle->buffer_bytes);
    buffer->sequence = handle->sequence++;
    // Now and then a frame is damaged, as they are over USB.
    buffer->flags = buffer->sequence % 7 == 3 ? V4L2_BUF_FLAG_ERROR : 0;
    return 0;
}

static int describe(struct handle *handle, struct v4l2_capability *found) {
    memset(found, 0, sizeof *found);
    strcpy((char *)found->driver, "fake");
    strcpy((char *)found->card, "Fake camera");
    strcpy((char *)found->bus_info, "usb-fake-1");
    uint32_t gives = handle->is_metadata ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE;
    found->device_caps = V4L2_CAP_STREAMING | gives;
    found->capabilities = V4L2_CAP_STREAMING | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_META_CAPTURE;
    found->capabilities |= V4L2_CAP_DEVICE_CAPS;
    return 0;
}

static int set_format(struct v4l2_format *wanted) {
    struct v4l2_pix_format *picture = &wanted->fmt.pix;
    picture->width = (uint32_t)number("FAKE_CAMERA_WIDTH");
    picture->height = (uint32_t)number("FAKE_CAMERA_HEIGHT");
    picture->pixelformat = format();
    picture->bytesperline = format() == V4L2_PIX_FMT_MJPEG ? 0 : (uint32_t)stride();
    picture->sizeimage = (uint32_t)image_bytes();
    return 0;
}

static int list_format(struct v4l2_fmtdesc *offered) {
    // One that Muster does not take comes first.
    if (offered->index > 1) return EINVAL;
    offered->pixelformat = offered->index == 0 ? V4L2_PIX_FMT_SBGGR10 : format();
    return 0;
}

// --- Calls on controls ---

static int list_control(struct v4l2_queryctrl *control) {
    if (control->id == V4L2_CID_FLASH_LED_MODE) {
        control->maximum = V4L2_FLASH_LED_MODE_TORCH;
    } else if (control->id == V4L2_CID_EXPOSURE_ABSOLUTE) {
        control->minimum = 3;
        control->maximum = 2047;
        control->step = 1;
    } else {
        return EINVAL;
    }
    return 0;
}

static int *control_value(uint32_t id) {
    if (id == V4L2_CID_FLASH_LED_MODE) return &torch;
    return id == V4L2_CID_EXPOSURE_ABSOLUTE ? &exposure : NULL;
}

static int set_control(const struct v4l2_control *control) {
    int *value = control_value(control->id);
    if (!value) return EINVAL;
    *value = control->value;
    char path[512];
    file_path(path, "controls");
    FILE *file = fopen(path, "a");
    if (!file) return EIO;
    fprintf(file, "%#x %d\n", control->id, control->value);
    fclose(file);
    return 0;
}

static int get_control(struct v4l2_control *control) {
    int *value = control_value(control->id);
    if (!value) return EINVAL;
    control->value = *value;
    return 0;
}

static int answer(struct handle *handle, unsigned long request, void *argument) {
    struct v4l2_buffer *buffer = argument;
    switch ((unsigned)request) {
    case (unsigned)VIDIOC_QUERYCAP: return describe(handle, argument);
    case (unsigned)VIDIOC_ENUM_FMT: return list_format(argument);
    case (unsigned)VIDIOC_S_FMT: return set_format(argument);
    case (unsigned)VIDIOC_REQBUFS: return request_buffers(handle, argument);
    case (unsigned)VIDIOC_QUERYBUF:
        buffer->length = (uint32_t)handle->buffer_bytes;
        buffer->m.offset = buffer->index * (uint32_t)handle->buffer_bytes;
        return 0;
    case (unsigned)VIDIOC_QBUF:
        if (handle->queued == BUFFERS) return EINVAL;
        handle->queue[handle->queued++] = (int)buffer->index;
        return 0;
    case (unsigned)VIDIOC_STREAMON: return stream(handle, 1);
    case (unsigned)VIDIOC_STREAMOFF: return stream(handle, 0);
    case (unsigned)VIDIOC_DQBUF: return take(handle, buffer);
    case (unsigned)VIDIOC_QUERYCTRL: return list_control(argument);
    case (unsigned)VIDIOC_G_CTRL: return get_control(argument);
    case (unsigned)VIDIOC_S_CTRL: return set_control(argument);
    default: return ENOTTY;
    }
}

// --- The calls of the program ---

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    int which = node(path);
    return which ? open_camera(which) : REAL(open)(path, flags, mode);
}

int stat(const char *path, struct stat *found) {
    if (!node(path)) return REAL(stat)(path, found);
    if (is_there("unplugged")) {
        errno = ENOENT;
        return -1;
    }
    memset(found, 0, sizeof *found);
    found->st_mode = S_IFCHR | 0660;
    found->st_rdev = makedev(81, 77);
    return 0;
}

int ioctl(int fd, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    pthread_mutex_lock(&lock);
    struct handle *handle = find(fd);
    int failure = 0;
    if (handle) failure = is_there("unplugged") ? ENODEV : answer(handle, request, argument);
    pthread_mutex_unlock(&lock);
    if (!handle) return REAL(ioctl)(fd, request, argument);
    errno = failure;
    return failure ? -1 : 0;
}

void *mmap(void *place, size_t count, int protection, int flags, int fd, off_t offset) {
    pthread_mutex_lock(&lock);
    struct handle *handle = find(fd);
    int memory = handle ? handle->memory : fd;
    pthread_mutex_unlock(&lock);
    return REAL(mmap)(place, count, protection, flags, memory, offset);
}

int close(int fd) {
    pthread_mutex_lock(&lock);
    struct handle *handle = find(fd);
    if (handle) forget(handle);
    pthread_mutex_unlock(&lock);
    return REAL(close)(fd);
}

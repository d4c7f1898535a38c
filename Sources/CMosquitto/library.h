#pragma once
// libmosquitto's functions, found in the library when they are first needed, as most starts of the program need none.
#include <mosquitto.h>

#define CMOSQUITTO_FUNCTIONS(each) \
    each(lib_init) each(new) each(destroy) each(connect) each(disconnect) each(loop) each(publish) \
    each(subscribe) each(threaded_set) each(username_pw_set) each(int_option) each(void_option) each(strerror) \
    each(connect_v5_callback_set) each(disconnect_v5_callback_set) each(publish_v5_callback_set) \
    each(subscribe_v5_callback_set) each(message_callback_set) each(log_callback_set)

struct library {
#define CMOSQUITTO_POINTER(name) __typeof__(mosquitto_##name) *name;
    CMOSQUITTO_FUNCTIONS(CMOSQUITTO_POINTER)
};

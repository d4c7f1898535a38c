#pragma once
// libmicrohttpd's functions, found in the library when a server first starts. Linked, it and GnuTLS behind it would be
// loaded, and GnuTLS initialised, by every start of the program.
#include <microhttpd.h>

#define CMHD_FUNCTIONS(each) \
    each(add_response_header) each(create_response_from_buffer) each(destroy_response) each(get_connection_values) \
    each(get_connection_info) \
    each(get_daemon_info) each(queue_response) each(quiesce_daemon) each(resume_connection) each(start_daemon) \
    each(stop_daemon) each(suspend_connection)

// As `gnutls_datum_t`.
struct cmhd_datum {
    unsigned char *data;
    unsigned size;
};

struct library {
#define CMHD_POINTER(name) __typeof__(MHD_##name) *name;
    CMHD_FUNCTIONS(CMHD_POINTER)
    // GnuTLS's `gnutls_certificate_get_peers`: the other side's chain in DER, its own certificate first.
    const struct cmhd_datum *(*get_peers)(void *session, unsigned *count);
};

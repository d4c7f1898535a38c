#pragma once
// libcurl's functions, found in the library when they are first needed. Linked, it and the thirty libraries behind it
// would be loaded by every start of the program, which takes longer than all else that a start does.
#include <curl/curl.h>

#define CCURL_FUNCTIONS(each) \
    each(easy_cleanup) each(easy_getinfo) each(easy_init) each(easy_setopt) each(easy_strerror) each(global_init_mem) \
    each(multi_add_handle) each(multi_cleanup) each(multi_info_read) each(multi_init) each(multi_perform) \
    each(multi_poll) each(multi_remove_handle) each(multi_wakeup) each(slist_append) each(slist_free_all)

struct library {
#define CCURL_POINTER(name) __typeof__(curl_##name) *name;
    CCURL_FUNCTIONS(CCURL_POINTER)
};

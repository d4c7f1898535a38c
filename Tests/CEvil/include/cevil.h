// What an intruder in the decode worker would try, by plain system calls. Each returns 0 when it was let, or the
// errno with which it was refused; one that the kernel answers with a signal does not return.
#pragma once

int cevil_open(const char *path);
int cevil_create(const char *path);
int cevil_socket(int family, int type);
/// Connects a socket made before the confinement to 127.0.0.1.
int cevil_connect_tcp(int fd, int port);
/// Connects a socket made before the confinement to an abstract name.
int cevil_connect_abstract(int fd, const char *name);
int cevil_fork(void);
int cevil_exec(void);
int cevil_ptrace(int pid);
int cevil_kill(int pid, int signal);
int cevil_make_executable(void);
int cevil_map_executable(void);
int cevil_write(int fd);
int cevil_raise_limit(void);
int cevil_write_file_descriptor(int fd);
/// How many descriptors from `first` to 1023 can be read.
int cevil_count_readable(int first);
/// Takes and fills memory until there is none; how many mebibytes it got.
int cevil_take_memory(void);
/// Becomes the program at `path` with `argument`, as on a kernel that has no filters (without_filters) or no
/// Landlock. Returns only when that failed.
int cevil_become_on_old_kernel(const char *path, const char *argument, int without_filters);
/// A call by its 32-bit number on x86-64; the same as cevil_fork elsewhere.
int cevil_foreign_call(void);

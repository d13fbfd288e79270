/*
 * Makes the n-th system call of a kind fail, or stop until it is told to go on, for files below one folder.
 *
 * Loaded with LD_PRELOAD by the scripts beside it. Environment:
 *   SAFETY_FOLDER  calls on other files are left alone
 *   SAFETY_CALL    open, read, write, sync, truncate, rename or unlink
 *   SAFETY_NUMBER  which call of this kind, from 1; every later one succeeds again
 *   SAFETY_ERROR   the errno to fail with
 *   SAFETY_MARK    a file that is created when it happens
 *   SAFETY_PAUSE   set: the call doesn't fail, but waits until the mark is removed
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static long counted = 0;
static __thread int inside = 0;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

/* Whether a path is below the folder; a relative one is, since the scripts work in it. */
static int is_ours(const char *path) {
    const char *folder = setting("SAFETY_FOLDER");
    return path && (path[0] != '/' || (folder[0] && !strncmp(path, folder, strlen(folder))));
}

static int is_our_file(int file) {
    char link[64], path[PATH_MAX + 1];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX);
    if (length <= 0) return 0;
    path[length] = 0;
    return path[0] == '/' && is_ours(path);
}

/* Returns true if this call is the one. */
static int is_due(const char *call, int ours) {
    if (inside || !ours || strcmp(call, setting("SAFETY_CALL"))) return 0;
    if (__sync_add_and_fetch(&counted, 1) != atol(setting("SAFETY_NUMBER"))) return 0;
    inside = 1;
    int mark = syscall(SYS_openat, AT_FDCWD, setting("SAFETY_MARK"), O_CREAT | O_WRONLY, 0600);
    if (mark >= 0) syscall(SYS_close, mark);
    if (getenv("SAFETY_PAUSE")) {
        while (!syscall(SYS_faccessat, AT_FDCWD, setting("SAFETY_MARK"), F_OK)) usleep(2000);
        inside = 0;
        return 0;
    }
    inside = 0;
    errno = atoi(setting("SAFETY_ERROR"));
    return 1;
}

#define REAL(type, name, ...)                                              \
    static type (*real)(__VA_ARGS__) = 0;                                  \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

ssize_t write(int f, const void *b, size_t n) {
    REAL(ssize_t, write, int, const void *, size_t);
    return is_due("write", is_our_file(f)) ? -1 : real(f, b, n);
}
ssize_t writev(int f, const struct iovec *v, int n) {
    REAL(ssize_t, writev, int, const struct iovec *, int);
    return is_due("write", is_our_file(f)) ? -1 : real(f, v, n);
}
ssize_t pwrite(int f, const void *b, size_t n, off_t at) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    return is_due("write", is_our_file(f)) ? -1 : real(f, b, n, at);
}
ssize_t pwrite64(int f, const void *b, size_t n, off64_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return is_due("write", is_our_file(f)) ? -1 : real(f, b, n, at);
}
ssize_t read(int f, void *b, size_t n) {
    REAL(ssize_t, read, int, void *, size_t);
    return is_due("read", is_our_file(f)) ? -1 : real(f, b, n);
}
ssize_t pread(int f, void *b, size_t n, off_t at) {
    REAL(ssize_t, pread, int, void *, size_t, off_t);
    return is_due("read", is_our_file(f)) ? -1 : real(f, b, n, at);
}
ssize_t pread64(int f, void *b, size_t n, off64_t at) {
    REAL(ssize_t, pread64, int, void *, size_t, off64_t);
    return is_due("read", is_our_file(f)) ? -1 : real(f, b, n, at);
}
int fsync(int f) {
    REAL(int, fsync, int);
    return is_due("sync", is_our_file(f)) ? -1 : real(f);
}
int fdatasync(int f) {
    REAL(int, fdatasync, int);
    return is_due("sync", is_our_file(f)) ? -1 : real(f);
}
int ftruncate(int f, off_t n) {
    REAL(int, ftruncate, int, off_t);
    return is_due("truncate", is_our_file(f)) ? -1 : real(f, n);
}
int ftruncate64(int f, off64_t n) {
    REAL(int, ftruncate64, int, off64_t);
    return is_due("truncate", is_our_file(f)) ? -1 : real(f, n);
}
int posix_fallocate(int f, off_t at, off_t n) {
    REAL(int, posix_fallocate, int, off_t, off_t);
    return is_due("truncate", is_our_file(f)) ? errno : real(f, at, n);
}
int unlink(const char *p) {
    REAL(int, unlink, const char *);
    return is_due("unlink", is_ours(p)) ? -1 : real(p);
}
int unlinkat(int d, const char *p, int flags) {
    REAL(int, unlinkat, int, const char *, int);
    return is_due("unlink", is_ours(p)) ? -1 : real(d, p, flags);
}
int rename(const char *a, const char *b) {
    REAL(int, rename, const char *, const char *);
    return is_due("rename", is_ours(b)) ? -1 : real(a, b);
}
int renameat(int c, const char *a, int d, const char *b) {
    REAL(int, renameat, int, const char *, int, const char *);
    return is_due("rename", is_ours(b)) ? -1 : real(c, a, d, b);
}
int renameat2(int c, const char *a, int d, const char *b, unsigned flags) {
    REAL(int, renameat2, int, const char *, int, const char *, unsigned);
    return is_due("rename", is_ours(b)) ? -1 : real(c, a, d, b, flags);
}
int link(const char *a, const char *b) {
    REAL(int, link, const char *, const char *);
    return is_due("rename", is_ours(b)) ? -1 : real(a, b);
}

static int mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
}
int open(const char *p, int flags, ...) {
    REAL(int, open, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    int mode = mode_of(flags, rest);
    va_end(rest);
    return is_due("open", is_ours(p)) ? -1 : real(p, flags, mode);
}
int open64(const char *p, int flags, ...) {
    REAL(int, open64, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    int mode = mode_of(flags, rest);
    va_end(rest);
    return is_due("open", is_ours(p)) ? -1 : real(p, flags, mode);
}
int openat(int d, const char *p, int flags, ...) {
    REAL(int, openat, int, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    int mode = mode_of(flags, rest);
    va_end(rest);
    return is_due("open", is_ours(p)) ? -1 : real(d, p, flags, mode);
}
int openat64(int d, const char *p, int flags, ...) {
    REAL(int, openat64, int, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    int mode = mode_of(flags, rest);
    va_end(rest);
    return is_due("open", is_ours(p)) ? -1 : real(d, p, flags, mode);
}

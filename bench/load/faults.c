/* Preloaded into a process, makes its machine a bad one. By the environment:
 *
 * SLOW_SYNC_MICROSECONDS  every sync of the disk takes so much longer
 * FULL_DISK_FLAG          while this file exists no other file can grow: ENOSPC, as on a full disk; if it is not empty,
 *                         nothing can be written over, either, as on a full disk that copies on write
 * CLOCK_OFFSET_FILE       seconds in this file are added to the time of day; the monotonic clock stays right
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* --- a slow disk --- */

static void delay(void) {
    const char *wanted = getenv("SLOW_SYNC_MICROSECONDS");
    if (wanted) usleep((useconds_t)atoi(wanted));
}

int fsync(int file) {
    delay();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    delay();
    return (int)syscall(SYS_fdatasync, file);
}

int sync_file_range(int file, off64_t offset, off64_t bytes, unsigned int flags) {
    delay();
    return (int)syscall(SYS_sync_file_range, file, offset, bytes, flags);
}

/* --- a full disk --- */

static int is_full(int file, off_t end) {
    const char *flag = getenv("FULL_DISK_FLAG");
    struct stat now, said;
    int kept = errno, full;
    full = flag && stat(flag, &said) == 0 && fstat(file, &now) == 0 && S_ISREG(now.st_mode)
        && (said.st_size > 0 || end > now.st_size);
    errno = full ? ENOSPC : kept;
    return full;
}

static off_t length(const struct iovec *parts, int count) {
    off_t sum = 0;
    for (int each = 0; each < count; each++) sum += (off_t)parts[each].iov_len;
    return sum;
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return is_full(file, at + (off_t)count) ? -1 : syscall(SYS_pwrite64, file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) { return pwrite(file, bytes, count, at); }

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t at) {
    return is_full(file, at + length(parts, count)) ? -1 : syscall(SYS_pwritev, file, parts, count, at, 0);
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t at) { return pwritev(file, parts, count, at); }

int posix_fallocate(int file, off_t at, off_t count) {
    if (is_full(file, at + count)) return ENOSPC;
    return syscall(SYS_fallocate, file, 0, at, count) == 0 ? 0 : errno;
}

int posix_fallocate64(int file, off64_t at, off64_t count) { return posix_fallocate(file, at, count); }

int ftruncate(int file, off_t size) { return is_full(file, size) ? -1 : (int)syscall(SYS_ftruncate, file, size); }

int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }

/* --- a clock that jumps --- */

static long offset(void) {
    static __thread time_t read_at;
    static __thread long kept;
    const char *path = getenv("CLOCK_OFFSET_FILE");
    struct timespec now;
    if (!path) return 0;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC_COARSE, &now);
    time_t tenth = now.tv_sec * 10 + now.tv_nsec / 100000000;
    if (tenth != read_at) {
        FILE *file = fopen(path, "r");
        read_at = tenth;
        if (file) {
            if (fscanf(file, "%ld", &kept) != 1) kept = 0;
            fclose(file);
        }
    }
    return kept;
}

int clock_gettime(clockid_t which, struct timespec *answer) {
    int result = (int)syscall(SYS_clock_gettime, which, answer);
    if (result == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) answer->tv_sec += offset();
    return result;
}

int gettimeofday(struct timeval *restrict answer, void *restrict zone) {
    int result = (int)syscall(SYS_gettimeofday, answer, zone);
    if (result == 0) answer->tv_sec += offset();
    return result;
}

time_t time(time_t *answer) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (answer) *answer = now.tv_sec;
    return now.tv_sec;
}

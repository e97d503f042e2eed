/* Preloaded into a database: every sync of the disk takes SLOW_SYNC_MICROSECONDS longer. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

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

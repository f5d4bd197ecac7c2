/* Writes down what a program does to the files below a folder: loaded before it by the dynamic linker. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int book = -1;
static const char *below;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("POWER_RECORD");
  below = getenv("POWER_BELOW");
  if (path && below) book = syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND, 0644);
}

/* One record in one call, so that records of two threads never mix: kind, path, place, bytes. */
static void note(char kind, const char *path, size_t letters, uint64_t at, const void *bytes, uint32_t count) {
  size_t skip = strlen(below), all;
  char *record, *to;
  if (book < 0 || letters <= skip || strncmp(path, below, skip)) return;
  path += skip;
  letters -= skip;
  if (letters >= 4 && !strncmp(path + letters - 4, "-shm", 4)) return;
  all = 1 + 2 + letters + 8 + 4 + count;
  record = to = malloc(all);
  *to++ = kind;
  memcpy(to, &(uint16_t){letters}, 2), to += 2;
  memcpy(to, path, letters), to += letters;
  memcpy(to, &at, 8), to += 8;
  memcpy(to, &count, 4), to += 4;
  if (count) memcpy(to, bytes, count);
  syscall(SYS_write, book, record, all);
  free(record);
}

static void note_open(char kind, int fd, uint64_t at, const void *bytes, uint32_t count) {
  char link[64], path[512];
  ssize_t letters;
  if (book < 0) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  letters = readlink(link, path, sizeof path);
  if (letters > 0) note(kind, path, letters, at, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  ssize_t done = syscall(SYS_pwrite64, fd, bytes, count, at);
  if (done > 0) note_open('W', fd, at, bytes, done);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }
ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t done = syscall(SYS_write, fd, bytes, count);
  if (done > 0) note_open('A', fd, 0, bytes, done);
  return done;
}
int fsync(int fd) {
  int done = syscall(SYS_fsync, fd);
  note_open('S', fd, 0, 0, 0);
  return done;
}
int fdatasync(int fd) {
  int done = syscall(SYS_fdatasync, fd);
  note_open('S', fd, 0, 0, 0);
  return done;
}
int ftruncate64(int fd, off64_t length) {
  int done = syscall(SYS_ftruncate, fd, length);
  note_open('T', fd, length, 0, 0);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int unlink(const char *path) {
  int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (!done) note('U', path, strlen(path), 0, 0, 0);
  return done;
}

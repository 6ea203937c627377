/* Preloaded into a program, stands between it and its disk. See dev.transpack.fixtures.FaultyDisk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

/* Whether a read that ends here meets the broken part of the broken file. */
static int is_broken(int fd, off_t end) {
  const char *file = getenv("BROKEN_FILE"), *from = getenv("BROKEN_FROM");
  char path[PATH_MAX];
  if (file == NULL || from == NULL || end <= atoll(from)) return 0;
  if (!path_of(fd, path) || strcmp(path, file) != 0) return 0;
  errno = EIO;
  return 1;
}

static off_t here(int fd) { return getenv("BROKEN_FILE") == NULL ? 0 : lseek(fd, 0, SEEK_CUR); }

static size_t length_of(const struct iovec *pieces, int count) {
  size_t length = 0;
  for (int i = 0; i < count; i++) length += pieces[i].iov_len;
  return length;
}

ssize_t read(int fd, void *to, size_t length) {
  return is_broken(fd, here(fd) + (off_t)length) ? -1 : REAL(read)(fd, to, length);
}

ssize_t readv(int fd, const struct iovec *to, int count) {
  return is_broken(fd, here(fd) + (off_t)length_of(to, count)) ? -1 : REAL(readv)(fd, to, count);
}

ssize_t pread(int fd, void *to, size_t length, off_t at) {
  return is_broken(fd, at + (off_t)length) ? -1 : REAL(pread)(fd, to, length, at);
}

ssize_t pread64(int fd, void *to, size_t length, off64_t at) {
  return is_broken(fd, at + (off_t)length) ? -1 : REAL(pread64)(fd, to, length, at);
}

/* What was synced is what outlives a power cut: a copy of the file, read through the same descriptor, since closing
   another one would let go of the program's locks. */
static void keep(int fd) {
  const char *disk = getenv("SYNCED_OF"), *synced = getenv("SYNCED_TO");
  char path[PATH_MAX], fresh[3 * PATH_MAX], kept[2 * PATH_MAX], bytes[1 << 16];
  struct stat found;
  if (disk == NULL || synced == NULL || !path_of(fd, path) || strncmp(path, disk, strlen(disk)) != 0) return;
  if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) return;
  snprintf(kept, sizeof kept, "%s/%s", synced, strrchr(path, '/') + 1);
  snprintf(fresh, sizeof fresh, "%s.new-%d", kept, fd);
  FILE *copy = fopen(fresh, "w");
  if (copy == NULL) abort();
  ssize_t some;
  for (off_t at = 0; (some = REAL(pread64)(fd, bytes, sizeof bytes, at)) > 0; at += some)
    if (fwrite(bytes, 1, (size_t)some, copy) != (size_t)some) abort();
  if (fclose(copy) != 0 || rename(fresh, kept) != 0) abort();
}

int fsync(int fd) {
  int result = REAL(fsync)(fd);
  if (result == 0) keep(fd);
  return result;
}

int fdatasync(int fd) {
  int result = REAL(fdatasync)(fd);
  if (result == 0) keep(fd);
  return result;
}

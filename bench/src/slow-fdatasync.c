/* Loaded before the C library: every fdatasync takes SLEEP_NS longer, as on a slower disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  int result = real(fd);
  struct timespec pause = {SLEEP_NS / 1000000000L, SLEEP_NS % 1000000000L};
  nanosleep(&pause, 0);
  return result;
}

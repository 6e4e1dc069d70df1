#include <stdatomic.h>
#include <time.h>

#include "implementations.h"

#define KERNEL(result, name, parameters, arguments) entry_##name,
enum {
#include "kernels.list.h"
  entry_product,
  entry_count = entry_product + lk_product_count
};
#undef KERNEL

#define KERNEL(result, name, parameters, arguments) #name,
static const char *const names[] = {
#include "kernels.list.h"
    "sgemm", "bfloat16_pack", "bfloat16_multiply_packed", "bfloat16_multiply_transposed"};
#undef KERNEL

static atomic_int is_on;
static _Atomic uint64_t calls[entry_count], nanoseconds[entry_count], operations[entry_count];

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void add(size_t entry, uint64_t start, uint64_t work) {
  atomic_fetch_add_explicit(&calls[entry], 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&nanoseconds[entry], now() - start, memory_order_relaxed);
  atomic_fetch_add_explicit(&operations[entry], work, memory_order_relaxed);
}

// Ends with the scope that it is declared in, after the kernel's result is computed.
typedef struct {
  size_t entry;
  uint64_t start;
  uint64_t operations;
} timer;

static void stop(timer *running) { add(running->entry, running->start, running->operations); }

#define PRODUCT(result, name, parameters, arguments, operations)                                \
  static result profiled_##name parameters {                                                    \
    __attribute__((cleanup(stop), unused)) timer running = {entry_##name, now(), operations};   \
    return lk_implementations_unprofiled()->name arguments;                                     \
  }
#define KERNEL(result, name, parameters, arguments) PRODUCT(result, name, parameters, arguments, 0)
#include "kernels.list.h"
#undef KERNEL

#define KERNEL(result, name, parameters, arguments) .name = profiled_##name,
const lk_implementations lk_implementations_profiled = {
#include "kernels.list.h"
};
#undef KERNEL

void lk_profile_set(int on) {
  for (size_t i = 0; on && i < entry_count; i++) calls[i] = nanoseconds[i] = operations[i] = 0;
  is_on = on;
  lk_use_implementations(on ? &lk_implementations_profiled : lk_implementations_unprofiled());
}

size_t lk_profile_count(void) { return entry_count; }

lk_profile_entry lk_profile_get(size_t index) {
  return (lk_profile_entry){names[index], calls[index], nanoseconds[index], operations[index]};
}

uint64_t lk_profile_start(void) { return atomic_load_explicit(&is_on, memory_order_relaxed) ? now() : 0; }

void lk_profile_add_product(lk_product product, uint64_t start, uint64_t work) {
  if (start) add((size_t)entry_product + product, start, work);
}

#include "check.h"

#include <stdio.h>
#include <stdlib.h>

size_t size_at(size_t index) {
  if (index < 67) return index + 1;
  return index == 67 ? 128 : index == 68 ? 200 : 0;
}

// MARK: Memory

#define GUARD 64
#define GUARD_BYTE 0xa5

typedef struct block {
  struct block *next;
  size_t size;
  unsigned char *start;
} block;

static block *blocks;

// The bytes before the start, to the header, and GUARD bytes after the end are guards.
static void *allocate(size_t count, size_t element_size) {
  size_t size = count * element_size;
  block *new = malloc(sizeof(block) + 2 * GUARD + size + GUARD);
  if (!new) abort();
  unsigned char *first = (unsigned char *)(new + 1);
  memset(first, GUARD_BYTE, 2 * GUARD + size + GUARD);
  uintptr_t aligned = ((uintptr_t)first + GUARD - 1) / GUARD * GUARD;
  *new = (block){blocks, size, (unsigned char *)aligned + element_size};
  blocks = new;
  return new->start;
}

static int is_untouched(const unsigned char *begin, const unsigned char *end) {
  for (; begin < end; begin++)
    if (*begin != GUARD_BYTE) return 0;
  return 1;
}

void end_case(void) {
  while (blocks) {
    block *old = blocks;
    expect_true("bytes before an array", 0, is_untouched((unsigned char *)(old + 1), old->start));
    expect_true("bytes after an array", 0, is_untouched(old->start + old->size, old->start + old->size + GUARD));
    blocks = old->next;
    free(old);
  }
}

// MARK: Inputs

static uint64_t random_state;

// SplitMix64 (Steele, Lea and Flood, 2014).
static uint64_t random_bits(void) {
  uint64_t z = random_state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

// Between 0 and 1, neither included.
static double random_number(void) { return ((double)(random_bits() >> 12) + 0.5) * 0x1p-52; }

float *floats(size_t count, float value) {
  float *x = allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++) x[i] = value;
  return x;
}

float *copied(size_t count, const float *x) { return memcpy(allocate(count, sizeof *x), x, count * sizeof *x); }

float *normal(size_t count, double mean, double deviation) {
  float *x = allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++)
    x[i] = (float)(mean + deviation * sqrt(-2 * log(random_number())) * cos(2 * M_PI * random_number()));
  return x;
}

float *uniform(size_t count, double low, double high) {
  float *x = allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++) x[i] = (float)(low + (high - low) * random_number());
  return x;
}

int32_t *codes(size_t count, size_t below) {
  int32_t *x = allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++) x[i] = (int32_t)(random_bits() % below);
  return x;
}

uint8_t *bytes(size_t count, size_t below) {
  uint8_t *x = allocate(count, sizeof *x);
  for (size_t i = 0; i < count; i++) x[i] = (uint8_t)(random_bits() % below);
  return x;
}

uint16_t *halves(size_t count) { return allocate(count, sizeof(uint16_t)); }

double *doubles(size_t count) { return memset(allocate(count, sizeof(double)), 0, count * sizeof(double)); }

// MARK: Comparison

static struct {
  const char *set, *name;
  size_t checked, failed;
  // The largest error, as a share of its bound.
  double worst;
} current;

void begin_checks(const char *set, const char *name) {
  memset(&current, 0, sizeof current);
  current.set = set;
  current.name = name;
  random_state = 1;
}

int end_checks(void) {
  printf("%-9s %-24s %-6s %8zu values, worst error %.2f of its bound\n", current.set, current.name,
         current.failed ? "FAILED" : "ok", current.checked, current.worst);
  fflush(stdout);
  return current.failed > 0;
}

// Counts a check; whether its failure is to be printed: the first few are.
static int fails(int holds) {
  current.checked++;
  if (holds) return 0;
  return ++current.failed <= 5;
}

static void compare(const char *what, size_t index, double got, double expected, double bound) {
  double error = fabs(got - expected);
  if (error > bound * current.worst) current.worst = error / bound;
  if (fails(error <= bound))
    fprintf(stderr, "%s %s: %s[%zu] is %.9g, not %.9g within %.3g\n", current.set, current.name, what, index, got, expected,
            bound);
}

void expect(const char *what, size_t count, const float *got, const double *expected, double absolute, double relative) {
  for (size_t i = 0; i < count; i++) compare(what, i, got[i], expected[i], absolute + relative * fabs(expected[i]));
}

void expect_within(const char *what, size_t count, const float *got, const double *expected, const double *bounds) {
  for (size_t i = 0; i < count; i++) compare(what, i, got[i], expected[i], bounds[i]);
}

void expect_equal(const char *what, size_t count, const float *got, const float *expected) {
  for (size_t i = 0; i < count; i++)
    if (fails(got[i] == expected[i]))
      fprintf(stderr, "%s %s: %s[%zu] is %.9g, not %.9g\n", current.set, current.name, what, i, got[i], expected[i]);
}

void expect_true(const char *what, size_t index, int holds) {
  if (fails(holds)) fprintf(stderr, "%s %s: %s [%zu] is wrong\n", current.set, current.name, what, index);
}

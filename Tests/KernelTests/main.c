// Tests every kernel on every instruction set of this processor: a line for each, status 1 if one fails. Arguments are names of
// kernels; without any, all are tested.
#include <stdio.h>

#include "check.h"

// Every kernel of the list has a function here, `test_` and its name, in the file that is named like the one in `body`.
#define KERNEL(result, name, parameters, arguments) void test_##name(const lk_implementations *kernels);
#include "kernels.list.h"
#undef KERNEL

typedef struct {
  const char *name;
  void (*run)(const lk_implementations *kernels);
} kernel_test;

#define KERNEL(result, name, parameters, arguments) {#name, test_##name},
static const kernel_test kernel_tests[] = {
#include "kernels.list.h"
};
#undef KERNEL

// Functions that are not in the list, because they exist for one kind of processor only.
int has_bfloat16_vectors(void);
int has_bfloat16_tiles(void);
void test_bfloat16_vectors(void);
void test_bfloat16_tiles(void);

static const struct {
  const char *name;
  int (*is_available)(void);
  void (*run)(void);
} other_tests[] = {
    {"bfloat16_vectors", has_bfloat16_vectors, test_bfloat16_vectors},
    {"bfloat16_tiles", has_bfloat16_tiles, test_bfloat16_tiles},
};

static int is_wanted(const char *name, int count, char **names) {
  for (int i = 0; i < count; i++)
    if (!strcmp(name, names[i])) return 1;
  return count == 0;
}

int main(int count, char **arguments) {
  static const char *const set_names[] = {"portable", "AVX2", "AVX-512"};
  int failed = 0, run = 0;
  const char *features[LK_MOST_PROCESSOR_FEATURES];
  size_t feature_count = lk_processor_features(features);
  printf("processor:");
  for (size_t i = 0; i < feature_count; i++) printf(" %s", features[i]);
  puts("");
  for (lk_instruction_set set = lk_portable; set <= lk_best_instruction_set(); set++)
    for (size_t i = 0; i < sizeof kernel_tests / sizeof *kernel_tests; i++)
      if (is_wanted(kernel_tests[i].name, count - 1, arguments + 1)) {
        begin_checks(set_names[set], kernel_tests[i].name);
        kernel_tests[i].run(lk_implementations_of(set));
        failed += end_checks();
        run++;
      }
  for (size_t i = 0; i < sizeof other_tests / sizeof *other_tests; i++)
    if (is_wanted(other_tests[i].name, count - 1, arguments + 1)) {
      run++;
      if (!other_tests[i].is_available()) {
        printf("          %-24s not on this processor\n", other_tests[i].name);
        continue;
      }
      begin_checks("", other_tests[i].name);
      other_tests[i].run();
      failed += end_checks();
    }
  printf("%d of %d failed\n", failed, run);
  return failed > 0 || run == 0;
}

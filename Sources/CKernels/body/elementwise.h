// Kernels over flat arrays.
static void k_exp(size_t n, const float *x, float *y) {
#define BODY(i, lanes) store(y + i, exp_v(load(x + i, lanes)), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_log(size_t n, const float *x, float *y) {
#define BODY(i, lanes) store(y + i, log_v(load(x + i, lanes)), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_tanh(size_t n, const float *x, float *y) {
#define BODY(i, lanes) store(y + i, tanh_v(load(x + i, lanes)), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_sigmoid(size_t n, const float *x, float *y) {
#define BODY(i, lanes) store(y + i, sigmoid_v(load(x + i, lanes)), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_add(size_t n, const float *x, float *y) {
#define BODY(i, lanes) store(y + i, load(y + i, lanes) + load(x + i, lanes), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

static void k_add_product(size_t n, const float *a, const float *b, float *y) {
#define BODY(i, lanes) store(y + i, load(y + i, lanes) + load(a + i, lanes) * load(b + i, lanes), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

// Cleared while the line is in the cache: a pass of its own would fetch it twice.
INLINE vf drained_at(size_t i, size_t lanes, size_t count, float *const *sources) {
  vf sum = {0};
  for (size_t s = 0; s < count; s++) {
    sum += load(sources[s] + i, lanes);
    store(sources[s] + i, (vf){0}, lanes);
  }
  return sum;
}

static void k_sum_and_clear(size_t n, size_t count, float *const *sources, size_t offset, float *out) {
#define BODY(i, lanes) store(out + i, drained_at(offset + i, lanes, count, sources), lanes)
  FOR_VECTORS(n, BODY);
#undef BODY
}

// Blocks of this many numbers are summed in Float32 lanes, the blocks in Float64: fast, and exact enough for any length.
#define SUM_BLOCK 1024

static double k_sum(size_t n, const float *x) {
  double total = 0;
  for (size_t start = 0; start < n; start += SUM_BLOCK) {
    vf sum = {0};
#define BODY(i, lanes) sum += load(x + start + i, lanes)
    FOR_VECTORS(n - start < SUM_BLOCK ? n - start : SUM_BLOCK, BODY);
#undef BODY
    total += lane_sum(sum);
  }
  return total;
}

INLINE vf square(vf v) { return v * v; }

static double k_sum_of_squares(size_t n, const float *x) {
  double total = 0;
  for (size_t start = 0; start < n; start += SUM_BLOCK) {
    vf sum = {0};
#define BODY(i, lanes) sum += square(load(x + start + i, lanes))
    FOR_VECTORS(n - start < SUM_BLOCK ? n - start : SUM_BLOCK, BODY);
#undef BODY
    total += lane_sum(sum);
  }
  return total;
}

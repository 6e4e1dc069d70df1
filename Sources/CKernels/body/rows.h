// Kernels that treat a matrix row by row.
static void k_fill_rows(size_t rows, size_t width, const float *row, float *out) {
  for (size_t r = 0; r < rows; r++) memcpy(out + r * width, row, width * sizeof(float));
}

static void k_add_row(size_t rows, size_t width, const float *x, const float *row, float *out) {
  for (size_t r = 0; r < rows; r++, x += width, out += width) {
#define BODY(i, lanes) store(out + i, load(x + i, lanes) + load(row + i, lanes), lanes)
    FOR_VECTORS(width, BODY);
#undef BODY
  }
}

INLINE void add_column_sums_at(size_t i, size_t lanes, size_t rows, size_t width, const float *x, float *sums) {
  vf sum = load(sums + i, lanes);
  for (size_t r = 0; r < rows; r++) sum += load(x + r * width + i, lanes);
  store(sums + i, sum, lanes);
}

static void k_add_column_sums(size_t rows, size_t width, const float *x, float *sums) {
#define BODY(i, lanes) add_column_sums_at(i, lanes, rows, width, x, sums)
  FOR_VECTORS(width, BODY);
#undef BODY
}

INLINE void scale_and_add_column_sums_at(
    size_t i, size_t lanes, size_t rows, size_t width, const float *factors, float *x, float *sums) {
  vf sum = load(sums + i, lanes);
  for (size_t r = 0; r < rows; r++) {
    vf scaled = load(x + r * width + i, lanes) * load(factors + r * width + i, lanes);
    store(x + r * width + i, scaled, lanes);
    sum += scaled;
  }
  store(sums + i, sum, lanes);
}

static void k_scale_and_add_column_sums(size_t rows, size_t width, const float *factors, float *x, float *sums) {
#define BODY(i, lanes) scale_and_add_column_sums_at(i, lanes, rows, width, factors, x, sums)
  FOR_VECTORS(width, BODY);
#undef BODY
}

static void k_gather_rows(
    size_t rows, size_t width, size_t stride, const float *table, const int32_t *codes, float *out) {
  for (size_t r = 0; r < rows; r++) memcpy(out + r * width, table + (size_t)codes[r] * stride, width * sizeof(float));
}

static void k_add_gathered_rows(size_t rows, size_t width, const float *table, const int32_t *codes, float *out) {
  for (size_t r = 0; r < rows; r++) k_add(width, table + (size_t)codes[r] * width, out + r * width);
}

static void k_scatter_add_rows(
    size_t rows, size_t width, size_t stride, const float *x, const int32_t *codes, float *table) {
  for (size_t r = 0; r < rows; r++) k_add(width, x + r * width, table + (size_t)codes[r] * stride);
}

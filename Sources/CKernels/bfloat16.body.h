// Products in bfloat16 in terms of `block`, which multiplies up to BLOCK_ROWS rows with panels of columns. Included by one file per
// unit, between BEGIN_TARGET and END_TARGET.
//
// The right matrix lies as the processors' dot products want it: panel of 16 columns, pair of rows, column, row of the pair. The
// inner dimension is filled up with zeros to whole tiles.
#define VECTOR 16
#define PAIRS 16
#define STEP (2 * PAIRS)
#define BLOCK_ROWS 32
// The part of the inner dimension that is multiplied at once.
#define PART 256
// Rows of the result of `multiply_transposed` whose left matrix is transposed at once.
#define PART_ROWS 128
// Its columns whose panels are packed at once.
#define PART_COLUMNS 64

INLINE size_t least(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t rounded_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }
INLINE __mmask16 first_lanes(size_t n) { return n >= VECTOR ? (__mmask16)0xffff : (__mmask16)((1u << n) - 1); }
INLINE __m512 load_lanes(const float *x, size_t lanes) {
  return lanes >= VECTOR ? _mm512_loadu_ps(x) : _mm512_maskz_loadu_ps(first_lanes(lanes), x);
}

// c (rows, columns) = a times the panels of the columns, or c += where `adds` is set. a has whole blocks of rows, `stride` numbers apart, and as
// many numbers as `pairs` fill steps.
typedef struct {
  size_t rows;
  size_t columns;
  size_t pairs;
  const uint16_t *a;
  size_t a_stride;
  const uint16_t *panels;
  size_t panel_stride;
  int adds;
  float *c;
  size_t c_stride;
} block_product;

// Makes the thread ready for `block`.
static void prepare(void);
static void block(const block_product *p);

// 32 numbers of a row, those from `count` on zero.
INLINE __m512i convert(const float *x, size_t count) {
  __m512 low = load_lanes(x, count), high = count > VECTOR ? load_lanes(x + VECTOR, count - VECTOR) : _mm512_setzero_ps();
  return (__m512i)_mm512_cvtne2ps_pbh(high, low);
}

// A pair of rows, number by number.
INLINE __m512i convert_pair(const float *x, size_t stride, int is_whole, size_t lanes) {
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6, 21, 5, 20, 4,
                                         19, 3, 18, 2, 17, 1, 16, 0);
  __m512 first = load_lanes(x, lanes), second = is_whole ? load_lanes(x + stride, lanes) : _mm512_setzero_ps();
  return _mm512_permutexvar_epi16(order, (__m512i)_mm512_cvtne2ps_pbh(second, first));
}

// The transpose of 16 rows of 16 pairs, pairs staying as they are.
INLINE void transpose(__m512i x[PAIRS]) {
  __m512i y[PAIRS];
  for (int i = 0; i < PAIRS; i += 2) {
    y[i] = _mm512_unpacklo_epi32(x[i], x[i + 1]);
    y[i + 1] = _mm512_unpackhi_epi32(x[i], x[i + 1]);
  }
  // x[4 i + j]: column j of every four, rows 4 i to 4 i + 3.
  for (int i = 0; i < PAIRS; i += 4)
    for (int j = 0; j < 2; j++) {
      x[i + 2 * j] = _mm512_unpacklo_epi64(y[i + j], y[i + 2 + j]);
      x[i + 2 * j + 1] = _mm512_unpackhi_epi64(y[i + j], y[i + 2 + j]);
    }
  for (int j = 0; j < 4; j++) {
    __m512i even = _mm512_shuffle_i32x4(x[j], x[4 + j], 0x88), odd = _mm512_shuffle_i32x4(x[j], x[4 + j], 0xdd);
    __m512i even2 = _mm512_shuffle_i32x4(x[8 + j], x[12 + j], 0x88), odd2 = _mm512_shuffle_i32x4(x[8 + j], x[12 + j], 0xdd);
    y[j] = _mm512_shuffle_i32x4(even, even2, 0x88);
    y[8 + j] = _mm512_shuffle_i32x4(even, even2, 0xdd);
    y[4 + j] = _mm512_shuffle_i32x4(odd, odd2, 0x88);
    y[12 + j] = _mm512_shuffle_i32x4(odd, odd2, 0xdd);
  }
  for (int i = 0; i < PAIRS; i++) x[i] = y[i];
}

// The panel of up to 16 columns of a matrix (inner, stride).
INLINE void pack_panel(size_t inner, size_t columns, size_t stride, const float *x, uint16_t *panel) {
  size_t end = rounded_up(inner, STEP);
  for (size_t k = 0; k < end; k += 2, panel += 2 * VECTOR)
    _mm512_storeu_si512(
        panel, k < inner ? convert_pair(x + k * stride, stride, k + 1 < inner, columns) : _mm512_setzero_si512());
}

// The same of the transpose of a matrix (columns, stride).
INLINE void pack_transposed_panel(size_t inner, size_t columns, size_t stride, const float *x, uint16_t *panel) {
  for (size_t k = 0; k < inner; k += STEP, panel += STEP * VECTOR) {
    __m512i rows[PAIRS];
    for (size_t j = 0; j < PAIRS; j++)
      rows[j] = j < columns ? convert(x + j * stride + k, inner - k) : _mm512_setzero_si512();
    transpose(rows);
    for (size_t pair = 0; pair < PAIRS; pair++) _mm512_storeu_si512(panel + pair * 2 * VECTOR, rows[pair]);
  }
}

static void k_pack(size_t inner, size_t columns, int transposes, const float *weights, uint16_t *packed) {
  for (size_t first = 0; first < columns; first += VECTOR, packed += rounded_up(inner, STEP) * VECTOR) {
    size_t count = least(columns - first, VECTOR);
    if (transposes)
      pack_transposed_panel(inner, count, inner, weights + first * inner, packed);
    else
      pack_panel(inner, count, columns, weights + first, packed);
  }
}

static void add_bias(size_t rows, size_t columns, int adds, const float *bias, float *c) {
  for (size_t row = 0; row < rows; row++, c += columns)
    for (size_t i = 0; i < columns; i += VECTOR) {
      __mmask16 lanes = first_lanes(columns - i);
      __m512 sum = load_lanes(bias + i, columns - i);
      if (adds) sum = _mm512_add_ps(sum, load_lanes(c + i, columns - i));
      _mm512_mask_storeu_ps(c + i, lanes, sum);
    }
}

static void k_multiply_packed(
    size_t rows, size_t inner, size_t columns, const float *a, const uint16_t *packed, const float *bias, int adds, float *c) {
  uint16_t converted[BLOCK_ROWS * PART] __attribute__((aligned(64)));
  prepare();
  block_product p = {.a = converted, .columns = columns, .panel_stride = rounded_up(inner, STEP) * VECTOR, .c_stride = columns};
  for (size_t row = 0; row < rows; row += BLOCK_ROWS, a += BLOCK_ROWS * inner, c += BLOCK_ROWS * columns) {
    p.rows = least(rows - row, BLOCK_ROWS);
    p.adds = adds || bias;
    if (bias) add_bias(p.rows, columns, adds, bias, c);
    size_t begin = 0;
    do {
      size_t part = least(inner - begin, PART);
      p.pairs = (part + 1) / 2;
      p.a_stride = rounded_up(part, STEP);
      for (size_t r = 0; r < p.rows; r++)
        for (size_t k = 0; k < part; k += STEP)
          _mm512_store_si512(converted + r * p.a_stride + k, convert(a + r * inner + begin + k, part - k));
      p.panels = packed + begin * VECTOR;
      p.c = c;
      block(&p);
      p.adds = 1;
      begin += PART;
    } while (begin < inner);
  }
}

static void k_multiply_transposed(
    size_t rows, size_t inner, size_t columns, const float *a, const float *b, int adds, float *c) {
  uint16_t transposed[PART_ROWS * PART] __attribute__((aligned(64))), panels[PART * PART_COLUMNS] __attribute__((aligned(64)));
  prepare();
  for (size_t row = 0; row < rows; row += PART_ROWS) {
    size_t row_count = least(rows - row, PART_ROWS);
    size_t begin = 0;
    do {
      size_t part = least(inner - begin, PART), stride = rounded_up(part, STEP);
      for (size_t r = 0; r < row_count; r += VECTOR)
        for (size_t k = 0; k < part; k += STEP) {
          __m512i pairs[PAIRS];
          for (size_t i = 0; i < PAIRS; i++)
            pairs[i] = k + 2 * i < part ? convert_pair(a + (begin + k + 2 * i) * rows + row + r, rows, k + 2 * i + 1 < part,
                                                       row_count - r)
                                        : _mm512_setzero_si512();
          transpose(pairs);
          for (size_t i = 0; i < VECTOR; i++) _mm512_store_si512(transposed + (r + i) * stride + k, pairs[i]);
        }
      block_product p = {.pairs = (part + 1) / 2, .a_stride = stride, .panels = panels, .panel_stride = stride * VECTOR,
                         .adds = adds || begin > 0, .c_stride = columns};
      for (size_t first = 0; first < columns; first += PART_COLUMNS) {
        p.columns = least(columns - first, PART_COLUMNS);
        for (size_t i = 0; i < p.columns; i += VECTOR)
          pack_panel(part, p.columns - i, columns, b + begin * columns + first + i, panels + i * stride);
        for (size_t r = 0; r < row_count; r += BLOCK_ROWS) {
          p.rows = least(row_count - r, BLOCK_ROWS);
          p.a = transposed + r * stride;
          p.c = c + (row + r) * columns + first;
          block(&p);
        }
      }
      begin += PART;
    } while (begin < inner);
  }
}

const lk_bfloat16_kernels KERNELS = {.pack = k_pack, .multiply_packed = k_multiply_packed, .multiply_transposed = k_multiply_transposed};

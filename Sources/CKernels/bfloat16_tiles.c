// Products in bfloat16 with the tile registers of AMX: 16 rows of 16 sums, 32 numbers of each row at a time.
#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "bfloat16.h"
#include "target.h"

int lk_request_tiles(void) {
#if defined(__linux__)
  __builtin_cpu_init();
  // The request is ARCH_REQ_XCOMP_PERM for component 18, the tiles' data (Linux, arch/x86/include/uapi/asm/prctl.h).
  return __builtin_cpu_supports("amx-tile") && __builtin_cpu_supports("amx-bf16") && syscall(SYS_arch_prctl, 0x1023, 18) == 0;
#else
  return 0;
#endif
}

#define INLINE static inline __attribute__((always_inline))
#define KERNELS lk_bfloat16_kernels_tiles
BEGIN_TARGET("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,amx-tile,amx-bf16")
#include "bfloat16.body.h"

#define TILE_ROWS 16
// Bytes of a tile's row.
#define ROW_BYTES 64

typedef struct {
  uint8_t palette;
  uint8_t start_row;
  uint8_t reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} tile_configuration;

// Eight tiles of 16 rows of 64 bytes. Reading the thread's present configuration takes a tenth of the time of a new one, and is safe
// where other code of the process uses tiles.
static void prepare(void) {
  static const tile_configuration wanted = {
      .palette = 1,
      .row_bytes = {ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES, ROW_BYTES},
      .rows = {TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS, TILE_ROWS}};
  tile_configuration present;
  _tile_storeconfig(&present);
  if (memcmp(&present, &wanted, sizeof wanted) != 0) _tile_loadconfig(&wanted);
}

// The rows that a block of c has of some columns, in memory of whole tiles where c has less.
typedef struct {
  float *start;
  size_t stride;
  float *below;
  size_t row_bytes;
} sums;

INLINE sums sums_at(float *start, size_t stride) {
  return (sums){start, stride, start + TILE_ROWS * stride, stride * sizeof *start};
}

// Copies rows of a block, of up to two panels, between memory of two strides.
INLINE void copy_rows(size_t rows, size_t columns, const float *from, size_t from_stride, float *to, size_t to_stride) {
  __mmask16 first = first_lanes(columns), second = columns > VECTOR ? first_lanes(columns - VECTOR) : 0;
  for (size_t r = 0; r < rows; r++, from += from_stride, to += to_stride) {
    _mm512_mask_storeu_ps(to, first, _mm512_maskz_loadu_ps(first, from));
    _mm512_mask_storeu_ps(to + VECTOR, second, _mm512_maskz_loadu_ps(second, from + VECTOR));
  }
}

// One panel with rows of a of up to two steps, which stay in tiles 4 to 7: those of the first 16 rows, then those below. The numbers
// of tiles must be constants.
INLINE void held_panel(const uint16_t *panel, int two_steps, int high, int adds, sums c) {
  if (adds) {
    _tile_loadd(0, c.start, c.row_bytes);
    if (high) _tile_loadd(1, c.below, c.row_bytes);
  } else {
    _tile_zero(0);
    _tile_zero(1);
  }
  _tile_loadd(2, panel, ROW_BYTES);
  _tile_dpbf16ps(0, 4, 2);
  if (high) _tile_dpbf16ps(1, 6, 2);
  if (two_steps) {
    _tile_loadd(3, panel + STEP * VECTOR, ROW_BYTES);
    _tile_dpbf16ps(0, 5, 3);
    if (high) _tile_dpbf16ps(1, 7, 3);
  }
  _tile_stored(0, c.start, c.row_bytes);
  if (high) _tile_stored(1, c.below, c.row_bytes);
}

// Two panels with rows of a of any number of steps. Tiles 0 to 3 are sums, two beside each other.
INLINE void two_panels(const block_product *p, const uint16_t *panel, int high, int wide, int adds, sums c) {
  if (adds) {
    _tile_loadd(0, c.start, c.row_bytes);
    if (wide) _tile_loadd(1, c.start + VECTOR, c.row_bytes);
    if (high) _tile_loadd(2, c.below, c.row_bytes);
    if (high && wide) _tile_loadd(3, c.below + VECTOR, c.row_bytes);
  } else {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
  }
  const uint16_t *a = p->a;
  size_t a_bytes = p->a_stride * sizeof *a;
  for (size_t pair = 0; pair < p->pairs; pair += PAIRS, a += STEP, panel += STEP * VECTOR) {
    _tile_loadd(4, a, a_bytes);
    _tile_loadd(6, panel, ROW_BYTES);
    _tile_dpbf16ps(0, 4, 6);
    if (wide) {
      _tile_loadd(7, panel + p->panel_stride, ROW_BYTES);
      _tile_dpbf16ps(1, 4, 7);
    }
    if (high) {
      _tile_loadd(5, a + TILE_ROWS * p->a_stride, a_bytes);
      _tile_dpbf16ps(2, 5, 6);
      if (wide) _tile_dpbf16ps(3, 5, 7);
    }
  }
  _tile_stored(0, c.start, c.row_bytes);
  if (wide) _tile_stored(1, c.start + VECTOR, c.row_bytes);
  if (high) _tile_stored(2, c.below, c.row_bytes);
  if (high && wide) _tile_stored(3, c.below + VECTOR, c.row_bytes);
}

INLINE void block_of(const block_product *p, int is_held, int two_steps, int high, int adds) {
  size_t width = is_held ? VECTOR : 2 * VECTOR;
  if (is_held) {
    size_t a_bytes = p->a_stride * sizeof *p->a;
    const uint16_t *below = p->a + TILE_ROWS * p->a_stride;
    _tile_loadd(4, p->a, a_bytes);
    if (two_steps) _tile_loadd(5, p->a + STEP, a_bytes);
    if (high) _tile_loadd(6, below, a_bytes);
    if (high && two_steps) _tile_loadd(7, below + STEP, a_bytes);
  }
  float tiles[BLOCK_ROWS * 2 * VECTOR] __attribute__((aligned(64)));
  const uint16_t *panel = p->panels;
  for (size_t first = 0; first < p->columns; first += width, panel += width / VECTOR * p->panel_stride) {
    size_t columns = least(p->columns - first, width);
    int is_whole = p->rows % TILE_ROWS == 0 && columns % VECTOR == 0;
    sums c = is_whole ? sums_at(p->c + first, p->c_stride) : sums_at(tiles, 2 * VECTOR);
    if (!is_whole && adds) copy_rows(p->rows, columns, p->c + first, p->c_stride, c.start, c.stride);
    if (is_held)
      held_panel(panel, two_steps, high, adds, c);
    else if (columns > VECTOR)
      two_panels(p, panel, high, 1, adds, c);
    else
      two_panels(p, panel, high, 0, adds, c);
    if (!is_whole) copy_rows(p->rows, columns, c.start, c.stride, p->c + first, p->c_stride);
  }
}

INLINE void block_of_steps(const block_product *p, int high, int adds) {
  // Without a step there is nothing to hold.
  if (p->pairs == 0 || p->pairs > 2 * PAIRS)
    block_of(p, 0, 0, high, adds);
  else if (p->pairs > PAIRS)
    block_of(p, 1, 1, high, adds);
  else
    block_of(p, 1, 0, high, adds);
}

static void block(const block_product *p) {
  int high = p->rows > TILE_ROWS;
  if (high && p->adds)
    block_of_steps(p, 1, 1);
  else if (high)
    block_of_steps(p, 1, 0);
  else if (p->adds)
    block_of_steps(p, 0, 1);
  else
    block_of_steps(p, 0, 0);
}

END_TARGET
#endif

// Vectors of LANES numbers and the elementary functions on them.
#include <math.h>

typedef uint64_t vl __attribute__((vector_size(sizeof(vf))));
typedef float v4 __attribute__((vector_size(16)));
typedef uint32_t vu __attribute__((vector_size(sizeof(vf))));
#define INLINE static inline __attribute__((always_inline))

// With n == LANES known at compile time these are plain moves.
INLINE vf load(const float *p, size_t n) {
  if (n != LANES) return load_part(p, n);
  vf v;
  memcpy(&v, p, sizeof v);
  return v;
}

INLINE void store(float *p, vf v, size_t n) {
  if (n != LANES)
    store_part(p, v, n);
  else
    memcpy(p, &v, sizeof v);
}

// Runs BODY(i, lanes) over 0..<n: full vectors first, then what is left.
#define FOR_VECTORS(n, BODY)                                  \
  do {                                                        \
    size_t i_ = 0, n_ = (n);                                  \
    for (; i_ + LANES <= n_; i_ += LANES) BODY(i_, LANES);    \
    if (i_ < n_) BODY(i_, n_ - i_);                           \
  } while (0)

INLINE vi lane_numbers(void) {
  vi numbers;
  for (int i = 0; i < LANES; i++) numbers[i] = i;
  return numbers;
}

INLINE vf splat(float x) { return x - (vf){0}; }
INLINE vf select_f(vi mask, vf a, vf b) { return (vf)((mask & (vi)a) | (~mask & (vi)b)); }
// The first n lanes of v, `rest` in those behind.
INLINE vf first_or(size_t n, vf v, float rest) { return select_f(lane_numbers() < (int32_t)n - (vi){0}, v, splat(rest)); }

#if defined(__clang__)
// Only this kind of vector has the operator ?:, which becomes one instruction for the lesser or greater of two.
typedef float ve __attribute__((ext_vector_type(LANES)));
INLINE vf min_f(vf a, vf b) { return (vf)((ve)a < (ve)b ? (ve)a : (ve)b); }
INLINE vf max_f(vf a, vf b) { return (vf)((ve)a > (ve)b ? (ve)a : (ve)b); }
#else
INLINE vf min_f(vf a, vf b) { return select_f(a < b, a, b); }
INLINE vf max_f(vf a, vf b) { return select_f(a > b, a, b); }
#endif

INLINE vf sqrt_v(vf x) {
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(x);
#else
  for (int i = 0; i < LANES; i++) x[i] = sqrtf(x[i]);
  return x;
#endif
}

// Halves are combined until one number is left: the same order whatever the instruction set can do at once.
#define PART(v, ...) __builtin_shufflevector(v, v, __VA_ARGS__)
#if LANES == 16
#define TO_EIGHT(v, combine) \
  combine(PART(v, 0, 1, 2, 3, 4, 5, 6, 7), PART(v, 8, 9, 10, 11, 12, 13, 14, 15))
#else
#define TO_EIGHT(v, combine) (v)
#endif
#if LANES >= 8
#define TO_FOUR(v, combine) combine(PART(v, 0, 1, 2, 3), PART(v, 4, 5, 6, 7))
#else
#define TO_FOUR(v, combine) (v)
#endif
#define SUM_OF(a, b) ((a) + (b))
// max_f for vectors of any width.
#define MOST_OF(a, b)                                                                      \
  ({                                                                                       \
    __auto_type a_ = (a);                                                                  \
    __auto_type b_ = (b);                                                                  \
    __auto_type is_a = a_ > b_;                                                            \
    (__typeof__(a_))((is_a & (__typeof__(is_a))a_) | (~is_a & (__typeof__(is_a))b_));      \
  })

INLINE float lane_sum(vf v) {
  __auto_type eight = TO_EIGHT(v, SUM_OF);
  v4 four = TO_FOUR(eight, SUM_OF);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

#define FOUR_LANES(f, n, i) f(n, i), f(n, (i) + 1), f(n, (i) + 2), f(n, (i) + 3)
#if LANES == 16
#define ALL_LANES(f, n) FOUR_LANES(f, n, 0), FOUR_LANES(f, n, 4), FOUR_LANES(f, n, 8), FOUR_LANES(f, n, 12)
#elif LANES == 8
#define ALL_LANES(f, n) FOUR_LANES(f, n, 0), FOUR_LANES(f, n, 4)
#else
#define ALL_LANES(f, n) FOUR_LANES(f, n, 0)
#endif
// In the upper half of every 2 n lanes the last of the lower half; zero, the lane behind v, in the lower.
#define CARRY(n, i) ((i) & (n) ? ((i) & -2 * (n)) + (n) - 1 : LANES)
#define CARRIED(n, v) __builtin_shufflevector(v, (vf){0}, ALL_LANES(CARRY, n))

// The sum of each lane and those below it. Halves of growing blocks are added whole, so that rounding never makes a sum less than
// the one before it, nor greater where nothing is added.
INLINE vf running_sums(vf v) {
  // Pairs of lanes as numbers of 64 bits: the lower moves to the upper.
  v += (vf)((vl)v << 32);
  v += CARRIED(2, v);
#if LANES >= 8
  v += CARRIED(4, v);
#endif
#if LANES == 16
  v += CARRIED(8, v);
#endif
  return v;
}

INLINE float lane_max(vf v) {
  __auto_type eight = TO_EIGHT(v, MOST_OF);
  v4 four = TO_FOUR(eight, MOST_OF);
  float a = four[0] > four[2] ? four[0] : four[2], b = four[1] > four[3] ? four[1] : four[3];
  return a > b ? a : b;
}

INLINE vf clamp(vf x, float low, float high) { return min_f(max_f(x, splat(low)), splat(high)); }

// 1 / x for x from 1 to 2^126, within 1 unit in the last place and a half.
INLINE vf reciprocal(vf x) {
#if LANES == 16
  // A division of sixteen lanes takes as long as sixteen multiplications. One step of Newton's method from 14 bits is enough.
  vf y = (vf)_mm512_rcp14_ps((__m512)x);
  return y * (2.0f - x * y);
#else
  return 1.0f / x;
#endif
}

// exp for arguments from -87.33654 to 88.37, by x = n ln 2 + r, |r| <= ln 2 / 2, and a polynomial in r (minimax coefficients of
// the Cephes library). Pairs of its terms are computed side by side: the chain of dependent instructions is what takes time.
INLINE vf exp_within(vf x) {
  const float round_to_integer = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
  vf shifted = x * 1.44269504f + round_to_integer;
  vf n = shifted - round_to_integer;
  vf r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  vf square = r * r;
  vf p = r * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * square + (r * 8.3334519073e-3f + 4.1665795894e-2f);
  p = p * square + (r * 1.6666665459e-1f + 5.0000001201e-1f);
  p = p * square + r + 1.0f;
  // The low bits of `shifted` are n: moved to the exponent they multiply by 2^n.
  return (vf)((vi)p + ((vi)shifted << 23));
}

// The same with a quarter fewer instructions, for gates and GELU: the relative error is below 2^-23 + 2^-24 |x|, so that it grows
// where the result counts little. 2^x by a polynomial for x from -1/2 to 1/2 (minimax coefficients).
INLINE vf exp_nearly(vf x) {
  const float round_to_integer = 12582912.0f;  // as above
  vf y = x * 1.44269504f;
  vf shifted = y + round_to_integer;
  vf r = y - (shifted - round_to_integer);
  vf p = r * 1.32647273e-3f + 9.67151299e-3f;
  p = p * r + 5.55073359e-2f;
  p = p * r + 2.40222424e-1f;
  p = p * r + 6.93147004e-1f;
  p = p * r + 1.0f;
  return (vf)((vi)p + ((vi)shifted << 23));
}

INLINE vf exp_v(vf x) { return exp_within(clamp(x, -87.33654f, 88.37f)); }

// log of a positive normal number by x = 2^n m, m in [sqrt(1/2), sqrt(2)), and a polynomial in m - 1 (minimax coefficients of the
// Cephes library).
INLINE vf log_v(vf x) {
  // 0x3f3504f3 is sqrt(1/2): taking it off moves the exponent's step there.
  vi shifted = (vi)x - 0x3f3504f3;
  vf n = __builtin_convertvector(shifted >> 23, vf);
  vf m = (vf)((shifted & 0x007fffff) + 0x3f3504f3) - 1.0f;
  vf p = m * 7.0376836292e-2f + -1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m + -1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m + -1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m + -2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  vf z = m * m;
  vf y = p * m * z + n * -2.12194440e-4f - 0.5f * z;
  return m + y + n * 0.693359375f;
}

INLINE vf sigmoid_v(vf x) { return 1.0f / (1.0f + exp_v(-x)); }

// Near zero an odd polynomial keeps the relative error small, elsewhere 1 - 2 / (exp(2|x|) + 1) does.
INLINE vf tanh_v(vf x) {
  vf a = (vf)((vi)x & 0x7fffffff);
  vf s = x * x;
  vf p = s * -5.70498872745e-3f + 2.06390887954e-2f;
  p = p * s + -5.37397155531e-2f;
  p = p * s + 1.33314422036e-1f;
  p = p * s + -3.33332819422e-1f;
  p = p * s * x + x;
  vf t = 1.0f - 2.0f / (exp_v(a + a) + 1.0f);
  t = (vf)((vi)t | ((vi)x & (vi)splat(-0.0f)));
  return select_f(a < splat(0.625f), p, t);
}

// Every kernel once: KERNEL(result, name, parameters, arguments). The header, the table of implementations and the
// dispatching functions are made from this list. All matrices are row-major and contiguous; "may be NULL" is said where it holds.

// A matrix product has its number of floating-point operations as well; where nobody defines PRODUCT it is a kernel like the others.
#ifndef PRODUCT
#define PRODUCT(result, name, parameters, arguments, operations) KERNEL(result, name, parameters, arguments)
#endif

// y = exp(x). Error below 1.1 units in the last place between -87.33654 and 88.37. Arguments below, and NaN, give
// exp(-87.33654), just above the smallest normal number 2^-126; arguments above give exp(88.37).
KERNEL(void, exp, (size_t n, const float *x, float *y), (n, x, y))

// y = log(x) for positive normal numbers. Error below 1 unit in the last place of the result or 6e-8, whichever is larger.
KERNEL(void, log, (size_t n, const float *x, float *y), (n, x, y))

// y = tanh(x). Error below 1.5 units in the last place; NaN gives -1.
KERNEL(void, tanh, (size_t n, const float *x, float *y), (n, x, y))

// y = 1 / (1 + exp(-x)). Error below 2.5 units in the last place from -87.33654 on; arguments below give a positive number
// under 1.2e-38, NaN gives 1.
KERNEL(void, sigmoid, (size_t n, const float *x, float *y), (n, x, y))

// y += x.
KERNEL(void, add, (size_t n, const float *x, float *y), (n, x, y))

// y += a * b, element by element.
KERNEL(void, add_product, (size_t n, const float *a, const float *b, float *y), (n, a, b, y))

// out = sources[0] + sources[1] + ... in this order, each of n numbers starting at `offset`, which become zeros.
KERNEL(void, sum_and_clear, (size_t n, size_t count, float *const *sources, size_t offset, float *out),
       (n, count, sources, offset, out))

// The sum of x, in Float64.
KERNEL(double, sum, (size_t n, const float *x), (n, x))

// The sum of squares of x, in Float64.
KERNEL(double, sum_of_squares, (size_t n, const float *x), (n, x))

// Every row of out (rows, width) = row (width).
KERNEL(void, fill_rows, (size_t rows, size_t width, const float *row, float *out), (rows, width, row, out))

// out (rows, width) = x (rows, width) + row (width) in every row.
KERNEL(void, add_row, (size_t rows, size_t width, const float *x, const float *row, float *out), (rows, width, x, row, out))

// sums (width) += the column sums of x (rows, width).
KERNEL(void, add_column_sums, (size_t rows, size_t width, const float *x, float *sums), (rows, width, x, sums))

// x (rows, width) *= factors (rows, width), element by element; then sums (width) += the column sums of x.
KERNEL(void, scale_and_add_column_sums, (size_t rows, size_t width, const float *factors, float *x, float *sums),
       (rows, width, factors, x, sums))

// out (rows, width) = the first `width` numbers of table[codes[row]]; rows of the table are `stride` numbers apart.
KERNEL(void, gather_rows,
       (size_t rows, size_t width, size_t stride, const float *table, const int32_t *codes, float *out),
       (rows, width, stride, table, codes, out))

// out (rows, width) += table[codes[row]].
KERNEL(void, add_gathered_rows, (size_t rows, size_t width, const float *table, const int32_t *codes, float *out),
       (rows, width, table, codes, out))

// The first `width` numbers of table[codes[row]] += x[row], rows in ascending order; rows of the table are `stride` numbers apart.
KERNEL(void, scatter_add_rows,
       (size_t rows, size_t width, size_t stride, const float *x, const int32_t *codes, float *table),
       (rows, width, stride, x, codes, table))

// packed = weights (inner, columns) in the order in which multiply_packed reads them, with zeros for what its last panel lacks:
// lk_packed_size numbers. With `transposes`, weights is (columns, inner) and its transpose is packed.
KERNEL(void, pack, (size_t inner, size_t columns, int transposes, const float *weights, float *packed),
       (inner, columns, transposes, weights, packed))

// c (rows, columns) = a (rows, inner) times packed weights, plus bias (columns; may be NULL) in every row, plus c where `adds`
// is set. The inner dimension is summed in order, in parts of 256.
PRODUCT(void, multiply_packed,
        (size_t rows, size_t inner, size_t columns, const float *a, const float *packed, const float *bias, int adds, float *c),
        (rows, inner, columns, a, packed, bias, adds, c), 2 * rows * inner * columns)

// c (rows, columns) = a (rows, inner) times b (inner, columns), plus c where `adds` is set. With `transposes_a`, a is
// (inner, rows) and its transpose is multiplied; the same of b.
PRODUCT(void, multiply,
        (size_t rows, size_t inner, size_t columns, int transposes_a, int transposes_b, const float *a, const float *b, int adds,
         float *c),
        (rows, inner, columns, transposes_a, transposes_b, a, b, adds, c), 2 * rows * inner * columns)

// One step of a GRU, PyTorch's variant, gates in order r, z, n:
//   u += bias; r = sigmoid(g_r + u_r); z = sigmoid(g_z + u_z); n = tanh(g_n + r u_n); next = h + z (n - h), where a
// GRU in PyTorch's notation has 1 - z in the place of z if `z_keeps` is set: next = n + z (h - n).
// input (rows or table, 3H): row codes[i], or row i where codes is NULL. u (rows, 3H) holds h U on entry and r, z, u_n after;
// where n is NULL, nothing is kept for the way back.
KERNEL(void, gru_forward,
       (size_t rows, size_t width, int z_keeps, const float *input, const int32_t *codes, const float *bias, const float *h,
        float *u, float *n, float *next),
       (rows, width, z_keeps, input, codes, bias, h, u, n, next))

// gru_forward with the product h U as well: packed is U (H, 3H), packed. u receives what gru_forward leaves there. h may be NULL, a
// state of zeros; next may be h.
PRODUCT(void, gru_step,
        (size_t rows, size_t width, int z_keeps, const float *input, const int32_t *codes, const float *packed, const float *bias,
         const float *h, float *u, float *n, float *next),
        (rows, width, z_keeps, input, codes, packed, bias, h, u, n, next), h ? 6 * rows * width * width : 0)

// Backward of gru_forward. On entry u holds r, z, u_n; after, the gradient of h U. To d_h is added what reaches h directly; the
// part through U is the caller's. The gradient of the input is added to row codes[i] of d_input, or to row i where codes is NULL.
KERNEL(void, gru_backward,
       (size_t rows, size_t width, int z_keeps, const int32_t *codes, const float *h, const float *n, const float *d_next,
        float *u, float *d_h, float *d_input),
       (rows, width, z_keeps, codes, h, n, d_next, u, d_h, d_input))

// y = (x - mean) * inverse * gain + bias for every row; statistics (rows, 2) receives mean and inverse deviation.
KERNEL(void, layer_norm_forward,
       (size_t rows, size_t width, float epsilon, const float *x, const float *gain, const float *bias, float *statistics,
        float *y),
       (rows, width, epsilon, x, gain, bias, statistics, y))

// Backward of layer_norm_forward: adds to d_x (rows, width), d_gain and d_bias (width).
KERNEL(void, layer_norm_backward,
       (size_t rows, size_t width, const float *x, const float *gain, const float *statistics, const float *d_y, float *d_x,
        float *d_gain, float *d_bias),
       (rows, width, x, gain, statistics, d_y, d_x, d_gain, d_bias))

// x *= mask: 1 / (1 - rate) with probability 1 - rate, else 0; the rate is rounded down to a multiple of 2^-16. Number
// 128 i + 32 w + 16 s + b of the mask is drawn from the low (s = 0) or high (s = 1) half of word w of block (16 i + b, stream) of
// Philox. kept_mask (n; may be NULL) becomes the mask.
KERNEL(void, dropout, (size_t n, float rate, uint64_t key, uint64_t stream, float *x, float *kept_mask),
       (n, rate, key, stream, x, kept_mask))

// y = m gelu(x), slope = m gelu'(x): the exact GELU, x Phi(x), with the mask m of `dropout`, or 1 where the rate is 0.
// Absolute error of y below 2e-7 |m| max(1, |x|), of slope below 4e-7 |m|, while |x| < 1e30; NaN stays NaN. slope may be x.
KERNEL(void, gelu_forward, (size_t n, float rate, uint64_t key, uint64_t stream, const float *x, float *slope, float *y),
       (n, rate, key, stream, x, slope, y))

// Softmax cross-entropy of logits (rows, width) against targets: losses (rows) in nats; probabilities may be the logits.
KERNEL(void, cross_entropy_forward,
       (size_t rows, size_t width, const float *logits, const int32_t *targets, float *losses, float *probabilities),
       (rows, width, logits, targets, losses, probabilities))

// d_logits = (probabilities - one-hot targets) * d_losses[row]; d_logits may be the probabilities.
KERNEL(void, cross_entropy_backward,
       (size_t rows, size_t width, const float *probabilities, const int32_t *targets, const float *d_losses, float *d_logits),
       (rows, width, probabilities, targets, d_losses, d_logits))

// One step of AdamW (Loshchilov and Hutter, 2019) on n numbers: gradients are multiplied by `scale`, then
//   m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate (decay w + (m / c1) / (sqrt(v / c2) + epsilon)).
KERNEL(void, adamw,
       (size_t n, float scale, float rate, float decay, float b1, float b2, float c1, float c2, float epsilon,
        const float *gradient, float *m, float *v, float *weights),
       (n, scale, rate, decay, b1, b2, c1, c2, epsilon, gradient, m, v, weights))

// average (n) += share (x (n) - average), element by element.
KERNEL(void, move_average, (size_t n, float share, const float *x, float *average), (n, share, x, average))

// Draws codes[i] from the softmax of row i of logits (rows, width) plus bias (width; may be NULL), by the inverse
// distribution at uniforms[i] in (0, 1). The logits are overwritten by numbers in proportion to the probabilities; those of logits
// 42 below the greatest, or lower, are zero, and their codes are never drawn.
KERNEL(void, sample_rows,
       (size_t rows, size_t width, float *logits, const float *bias, const float *uniforms, int32_t *codes),
       (rows, width, logits, bias, uniforms, codes))

// Draws as sample_rows, with weights that lean against what was drawn in excess so far. The logits stay as they are. The codes
// stand in `groups` ranges from `starts` (groups + 1) on. errors (parents, LK_BALANCE_GROUPS, LK_BALANCE_GROUPS) are the drawn less
// the expected counts of a parent's group and a group, code_errors (width) those of codes; both are brought up to date. A weight is
// multiplied by (1 - x / 8)^8, nearly exp(-x), where x, kept from -8 to 7, is the gain times (its code's error + the errors of its
// group and of each parent's). Parent p's groups begin at p * stride. code_groups receives the groups of the codes. code_errors has
// room for lk_balance_width(width) numbers, of which those beyond the width mean nothing, `room` for lk_balance_room(width).
KERNEL(void, sample_balanced_rows,
       (size_t rows, size_t width, const float *logits, const float *bias, const float *uniforms, float gain, size_t groups,
        const int32_t *starts, size_t parents, size_t stride, const uint8_t *parent_groups, float *errors, float *code_errors,
        float *room, uint8_t *code_groups, int32_t *codes),
       (rows, width, logits, bias, uniforms, gain, groups, starts, parents, stride, parent_groups, errors, code_errors,
        room, code_groups, codes))

// sums (width) += every row of x (rows, width) divided by its sum.
KERNEL(void, add_shares, (size_t rows, size_t width, const float *x, float *sums), (rows, width, x, sums))

// For rows of states h (NULL: zeros): normal = layer norm (gain, bias) of h + query, and sum = h + query + offset. statistics
// (rows, 2; may be NULL) receives mean and inverse deviation. sum may be h.
KERNEL(void, query_forward,
       (size_t rows, size_t width, float epsilon, const float *h, const float *query, const float *offset, const float *gain,
        const float *bias, float *statistics, float *sum, float *normal),
       (rows, width, epsilon, h, query, offset, gain, bias, statistics, sum, normal))

// Backward of query_forward: adds to d_h (rows, width; may be NULL), d_query, d_gain and d_bias (width). The offset's gradient,
// the column sums of d_sum, is the caller's.
KERNEL(void, query_backward,
       (size_t rows, size_t width, const float *h, const float *query, const float *gain, const float *statistics,
        const float *d_sum, const float *d_normal, float *d_h, float *d_query, float *d_gain, float *d_bias),
       (rows, width, h, query, gain, statistics, d_sum, d_normal, d_h, d_query, d_gain, d_bias))

// out (rows, width) += the sum over i of inputs[i] (rows, width) times gains[gain_rows[i]] (width) in every row. Inputs whose gain_rows
// is negative are left out.
KERNEL(void, skip_forward,
       (size_t rows, size_t width, size_t count, const float *inputs, const float *gains, const int32_t *gain_rows, float *out),
       (rows, width, count, inputs, gains, gain_rows, out))

// Backward of skip_forward: adds to d_inputs (count, rows, width) and d_gains.
KERNEL(void, skip_backward,
       (size_t rows, size_t width, size_t count, const float *inputs, const float *gains, const int32_t *gain_rows,
        const float *d_out, float *d_inputs, float *d_gains),
       (rows, width, count, inputs, gains, gain_rows, d_out, d_inputs, d_gains))

// x (rows, width) = gelu(x + bias (width)), as gelu_forward.
KERNEL(void, bias_gelu, (size_t rows, size_t width, const float *bias, float *x), (rows, width, bias, x))

// Squared distances from a row to n others: out = the sum of the squared differences of the numbers, plus 1 for each code that
// differs. Column c of the others begins `stride` elements after column c - 1. Returns the least. Rounding changes a distance
// by no more than its (numbers + codes + 2)-fold of 2^-24.
KERNEL(float, mixed_distances,
       (size_t n, size_t stride, size_t numbers, size_t codes, const float *number, const int32_t *code, const float *others,
        const int32_t *other_codes, float *out),
       (n, stride, numbers, codes, number, code, others, other_codes, out))

#undef PRODUCT

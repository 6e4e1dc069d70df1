// Distances between rows of numbers and codes.
INLINE vf mixed_distances_at(
    size_t i, size_t lanes, size_t stride, size_t numbers, size_t codes, const float *number, const int32_t *code,
    const float *others, const int32_t *other_codes) {
  vf sum = {0};
  for (size_t c = 0; c < numbers; c++) {
    vf difference = load(others + c * stride + i, lanes) - number[c];
    sum += difference * difference;
  }
  vi different = {0};  // a comparison gives -1 where it holds
  for (size_t c = 0; c < codes; c++)
    different -= (vi)load((const float *)(other_codes + c * stride + i), lanes) != code[c];
  return sum + __builtin_convertvector(different, vf);
}

static float k_mixed_distances(
    size_t n, size_t stride, size_t numbers, size_t codes, const float *number, const int32_t *code, const float *others,
    const int32_t *other_codes, float *out) {
  vf least = splat(INFINITY);
  size_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    vf distances = mixed_distances_at(i, LANES, stride, numbers, codes, number, code, others, other_codes);
    store(out + i, distances, LANES);
    least = min_f(least, distances);
  }
  float result = -lane_max(-least);
  if (i < n)
    store(out + i, mixed_distances_at(i, n - i, stride, numbers, codes, number, code, others, other_codes), n - i);
  for (; i < n; i++) result = out[i] < result ? out[i] : result;
  return result;
}

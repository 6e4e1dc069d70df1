import NN

/// How matrix products are computed, in training and in drawing.
///
/// Everything else is Float32 either way: the weights that are trained, sums, gates, normalization and losses.
public enum Precision: String, CaseIterable, Codable, Sendable {
  /// In bfloat16 with Float32 sums where the processor multiplies that faster, in Float32 elsewhere. The choice depends on the
  /// kind of processor alone, so that the same input, options and seed give the same bytes on all machines of one kind.
  case auto
  /// In Float32.
  case float32

  /// Whether products are computed in bfloat16 on this processor.
  var usesBFloat16: Bool { self == .auto && PackedWeights.prefersBFloat16 }
}

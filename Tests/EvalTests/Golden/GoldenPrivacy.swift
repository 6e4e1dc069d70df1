// Written by Tools/reference/privacy.py: what NumPy gives. Not to be edited.
// swift-format-ignore-file

enum GoldenPrivacy {
  static let alphaPrecision: [Double] = [0.945314481181, 0.964215473567]
  static let betaRecall: [Double] = [0.663343683608, 0.477692433404]
  static let authenticity: [Double] = [0.279620853081, 0.374407582938]
  static let toTraining: [Double] = [0.127825898967, 0.0910280141617, 0, 0, 0.0692576368899, 1.00182401944]
  static let toHoldout: [Double] = [0.15476358139, 0.109266612225, 0.0315936358564, 0.0118483603001, 0.0832334553021, 1.02279649781]
  static let holdoutToTraining: [Double] = [0.167008896923, 0.115302097347, 0.0241674898696, 0.00789473950863, 0.0818189645808, 1.00212104637]
  static let closerToTraining: [Double] = [0.601895734597, 0.515671018324, 0.682229343281]
  static let neighbourRatio: [Double] = [0.529364528917, 0.63285969971]
  static let identicalShare: [Double] = [0.151658767773, 0]
  static let cosine: [Double] = [0.99413714525, 0.997578263755]
}

// Written by Tools/reference/evaluation.py: what public packages give. Not to be edited.
// swift-format-ignore-file

enum EvaluationGolden {
  /// mostlyai-qa: value, expected and holdout of the means, value and holdout of columns and pairs.
  static let accuracy: [String: [Double]] = [
    "univariate": [0.935638333333, 0.953551666667, 0.943331666667],
    "bivariate": [0.843067333333, 0.879630666667, 0.847926666667],
    "trivariate": [0.7031575, 0.765594, 0.6965545],
    "age": [0.86017, 0.90333],
    "hours": [0.96583, 0.93111],
    "gain": [0.97833, 0.95111],
    "town": [0.91233, 0.93111],
    "district": [0.97017, 0.95889],
    "member": [0.927, 0.98444],
    "age, hours": [0.74683, 0.70444],
    "age, gain": [0.7995, 0.77],
    "age, town": [0.7145, 0.74222],
    "age, district": [0.81083, 0.84778],
    "age, member": [0.85433, 0.88667],
    "hours, town": [0.76367, 0.77889],
    "hours, member": [0.9215, 0.90444],
    "gain, town": [0.83067, 0.81889],
    "gain, member": [0.917, 0.93111],
    "district, member": [0.90567, 0.94556],
    "hours, gain": [0.86917, 0.80667],
    "hours, district": [0.884, 0.86889],
    "gain, district": [0.9095, 0.88222],
    "town, district": [0.86867, 0.91556],
    "town, member": [0.85017, 0.91556],
  ]

  /// SDMetrics: columns' shapes and pairs' trends.
  static let similarity: [String: [Double]] = [
    "age": [0.855111111111],
    "hours": [0.97902695595],
    "gain": [0.986],
    "town": [0.921830029234],
    "district": [0.973555555994],
    "member": [0.923111111111],
    "age, hours": [0.974674516566],
    "age, gain": [0.954983848871],
    "age, town": [0.768222222222],
    "age, district": [0.867333333333],
    "age, member": [0.876666666667],
    "hours, gain": [0.96440512198],
    "hours, town": [0.777777777778],
    "hours, district": [0.868222222222],
    "hours, member": [0.908666666667],
    "gain, town": [0.818],
    "gain, district": [0.893555555556],
    "gain, member": [0.912222222222],
    "town, district": [0.869777777778],
    "town, member": [0.854444444444],
    "district, member": [0.907333333333],
  ]

  /// The same for the holdout.
  static let holdoutSimilarity: [String: [Double]] = [
    "age": [0.956666666667],
    "hours": [0.939982483498],
    "gain": [0.962222222222],
    "town": [0.928946319426],
    "district": [0.958888888889],
    "member": [0.984444444444],
    "age, hours": [0.972691626148],
    "age, gain": [0.908568851675],
    "age, town": [0.727777777778],
    "age, district": [0.838888888889],
    "age, member": [0.865555555556],
    "hours, gain": [0.942197420941],
    "hours, town": [0.72],
    "hours, district": [0.831111111111],
    "hours, member": [0.886666666667],
    "gain, town": [0.821111111111],
    "gain, district": [0.903333333333],
    "gain, member": [0.933333333333],
    "town, district": [0.915555555556],
    "town, member": [0.914444444444],
    "district, member": [0.945555555556],
  ]

  /// Pandas and scipy: associations in the training table.
  static let associations: [String: [Double]] = [
    "age, hours": [-0.0449390104955],
    "age, gain": [-0.0467664365407],
    "age, town": [0.0609801324765],
    "age, district": [0.0308014370154],
    "age, member": [0.629168378347],
    "hours, gain": [-0.0777766762607],
    "hours, town": [0],
    "hours, district": [0],
    "hours, member": [0.0341528247844],
    "gain, town": [0],
    "gain, district": [0.0602857583394],
    "gain, member": [0.0666585024545],
    "town, district": [0.965940439358],
    "town, member": [0.0354870116114],
    "district, member": [0],
  ]

  /// The same in the synthetic table.
  static let syntheticAssociations: [String: [Double]] = [
    "age, hours": [-0.0955899773629],
    "age, gain": [0.043265865718],
    "age, town": [0],
    "age, district": [0],
    "age, member": [0.639306829744],
    "hours, gain": [-0.00658692022012],
    "hours, town": [0],
    "hours, district": [0.0872985551307],
    "hours, member": [0.0772813645798],
    "gain, town": [0],
    "gain, district": [0],
    "gain, member": [0.110977018954],
    "town, district": [0.736821472891],
    "town, member": [0],
    "district, member": [0],
  ]

  /// Pandas: shares of synthetic and holdout rows whose town and district go together, and how many pairs do.
  static let rule: [String: [Double]] = [
    "town,district": [0.886, 1, 18],
  ]

  /// Pandas: groups of the training table, then of the holdout, then of the synthetic table.
  static let statistics: [String: [Double]] = [
    "mean(hours) by member": [42.2195121951, 40.2353923205, 38.5733333333, 38.8465346535, 43.3979591837, 39.2513513514],
    "median(age) by member": [37, 56, 33, 55, 36, 60],
    "quantile(age,0.9) by member": [48, 73, 48, 70.3, 45, 81],
    "share(town='Ulm') by member": [0.292307692308, 0.2859375, 0.30487804878, 0.270642201835, 0.301886792453, 0.312182741117],
    "count by member": [260, 640, 246, 654, 190.8, 709.2],
    "mean(age) by district,member": [37.4957983193, 56.102189781, 36.1525423729, 56.4109589041, 35.7234042553, 56.5523809524, 37.5714285714, 57.5304347826, 35.5897435897, 55.1764705882, 34.3076923077, 56.96, 34.9047619048, 57.7105263158, 26.5555555556, 54.0222222222, 35.8936170213, 60.4571428571, 32.6956521739, 63.9213483146, 38.8, 60.3181818182, 33.75, 62.3928571429],
  ]
}

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

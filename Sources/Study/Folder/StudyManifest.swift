/// What all cells of a folder have in common, and what they are judged by.
struct StudyManifest: Codable {
  let terms: StudyTerms
  let reference: StudyReference
}

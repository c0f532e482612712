// The data that every page brings along: `course.js` for the whole course, and in each lesson's page the
// questions of that lesson (a JSON block with the id `lesson-questions`). Written by exporters/pages/.

export type Structure = "lessons" | "single" | "pages"; // one SCO a lesson, one SCO, plain web pages
export type Language = "zh" | "en";

export interface CourseData {
  readonly id: string; // institution/id
  readonly iri?: string; // absolute, for xAPI; in cmi5 and xapi packages only, as every `iri` below
  readonly title: string;
  readonly language: string; // BCP 47
  readonly languages?: readonly Language[]; // in which the course is offered; where the launch tells the learner's
  readonly interface: Language;
  readonly sample: boolean;
  readonly structure: Structure;
  readonly sequence: "free" | "linear";
  readonly pass: { readonly score: number | null; readonly lessons: number; readonly attempts: number };
  readonly stateLimit: number; // characters of saved state that the format allows
  readonly objectives: readonly { readonly id: string; readonly iri?: string; readonly text: string }[];
  readonly modules: readonly ModuleData[];
}

export interface ModuleData {
  readonly id: string;
  readonly title: string;
  readonly prerequisites: readonly string[];
  readonly lessons: readonly LessonData[];
}

export interface LessonData {
  readonly id: string;
  readonly iri?: string;
  readonly key: string; // four characters, unique in the course
  readonly title: string;
  readonly page: string; // file name of its page
  readonly minutes: number;
  readonly questions: readonly QuestionSummary[]; // enough to score a course without its pages
}

export interface QuestionSummary {
  readonly id: string;
  readonly key: string;
  readonly scored: boolean;
  readonly points: number;
  readonly attempts: number;
  readonly label: string; // the prompt's beginning as plain text, for the review of all answers
  readonly objectives?: readonly string[]; // identifiers of the objectives it assesses; absent: none
}

export interface OptionData {
  readonly id: string; // short ASCII
  readonly text: string;
}

interface QuestionCommon {
  readonly id: string;
  readonly key: string;
  readonly text: string; // the prompt as plain text
  readonly points: number;
  readonly attempts: number;
  readonly shuffle: boolean;
  readonly scored: boolean;
  readonly objectives: readonly string[];
}

export type QuestionData = QuestionCommon &
  (
    | { readonly type: "choice"; readonly multiple: boolean; readonly options: readonly OptionData[]; readonly correct: readonly string[] }
    | { readonly type: "true-false"; readonly answer: boolean }
    | { readonly type: "fill-in"; readonly blanks: readonly (readonly string[])[] }
    | { readonly type: "long-fill-in" }
    | { readonly type: "numeric"; readonly low: number; readonly high: number }
    | { readonly type: "matching"; readonly sources: readonly OptionData[]; readonly targets: readonly OptionData[] } // sources[i] belongs to targets[i]
    | { readonly type: "sequencing"; readonly items: readonly OptionData[] } // in the right order
    | { readonly type: "likert"; readonly scale: readonly OptionData[] }
  );

// What a learner answered. Identifiers, never positions on the screen.
export type Response =
  | { readonly type: "choice"; readonly chosen: readonly string[] }
  | { readonly type: "true-false"; readonly value: boolean }
  | { readonly type: "fill-in"; readonly texts: readonly string[] }
  | { readonly type: "long-fill-in"; readonly text: string }
  | { readonly type: "numeric"; readonly text: string } // as typed; judged after NFKC and trimming
  | { readonly type: "matching"; readonly pairs: readonly (readonly [source: string, target: string])[] }
  | { readonly type: "sequencing"; readonly order: readonly string[] }
  | { readonly type: "likert"; readonly chosen: string };

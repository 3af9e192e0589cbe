/** The final prompt as the server composes it: theme, then the prompt put through the styles, parts joined by ", ". */

/** `{prompt, negative}` for one expanded prompt; theme may be null, styles are applied left to right. */
export function compose({ theme = null, prompt = "", negative = "", styles = [] }) {
  const styled = styles.reduce((text, style) => through(style.positive ?? "", text), prompt);
  const negatives = styles.reduce((text, style) => through(style.negative ?? "", text), negative);
  return { prompt: joined(theme?.base_prompt ?? "", styled), negative: negatives };
}

function through(template, text) {
  if (!template.includes("{prompt}")) return joined(text, template);
  if (text.trim()) return template.replaceAll("{prompt}", () => text);
  return joined(...template.split("{prompt}").map((part) => part.replace(/^[ ,]+|[ ,]+$/g, "")));
}

const joined = (...parts) => parts.filter((part) => part.trim()).join(", ");

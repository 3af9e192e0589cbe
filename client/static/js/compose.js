/** The final prompt as the server composes it: theme, then the prompt put through the styles, parts joined by ", ". */

/** `{prompt, negative}` for one expanded prompt; theme may be null, styles are applied left to right. */
export function compose({ theme = null, prompt = "", negative = "", styles = [] }) {
  const styled = styles.reduce((text, style) => through(style.positive ?? "", text), prompt);
  const negatives = styles.reduce((text, style) => through(style.negative ?? "", text), negative);
  return { prompt: joined(theme?.base_prompt ?? "", styled), negative: negatives.trim() };
}

function through(template, text) {
  return template.includes("{prompt}") ? template.replaceAll("{prompt}", () => text) : joined(text, template);
}

const joined = (...parts) => parts.map((part) => part.trim()).filter(Boolean).join(", ");

/** A picture as a file: where it is fetched, and what a drag out of the window says of it. Pure. */

/** With the recipe in the file; the original as it was delivered is in the details. */
export const downloadUrl = (image) => `/media/${image.id}/download?metadata=1`;

/** Where a browser shows the picture alone. */
export const addressOf = (image, origin) => new URL(image.original_url, origin).href;

/** What Chromium takes as DownloadURL: type, name and address of the file it writes, here a PNG with its recipe. */
export function draggedFile(image, origin) {
  return `image/png:emulsion-${image.id.slice(-8)}.png:${new URL(downloadUrl(image), origin)}&format=png`;
}

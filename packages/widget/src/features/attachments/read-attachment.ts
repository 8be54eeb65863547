import type { Attachment } from '@nova-chat/client/conversation';

/** Why a file cannot go along. */
export type Refusal = 'kind' | 'size' | 'unreadable';

const imageTypes = /^image\/(png|jpeg|webp|gif)$/;
const textNames =
  /\.(txt|md|csv|tsv|json|ya?ml|xml|html?|css|[cm]?[jt]sx?|py|rb|go|rs|java|c|h|cpp|cs|php|sh|sql|log|ini|toml)$/i;

/** Models scale larger images down by themselves. */
const longestSidePx = 1568;

/** Reads a file as what a model can be sent: an image that is scaled down where it is too large, or a text. */
export async function readAttachment(file: File, maxBytes: number): Promise<Attachment | Refusal> {
  const { name, type } = file;
  try {
    if (imageTypes.test(type)) {
      const url = await toDataUrl(await toSmallImage(file, maxBytes));
      return url.length > toBase64Length(maxBytes) ? 'size' : { type: 'image', name, url };
    }
    if (!type.startsWith('text/') && !textNames.test(name)) return 'kind';
    if (file.size > maxBytes) return 'size';
    const text = await file.text();
    return text.includes('\0') ? 'kind' : { type: 'text', name, text };
  } catch {
    return 'unreadable';
  }
}

/** Gives how large an attachment is, in bytes. */
export function sizeOf(attachment: Attachment): number {
  return attachment.type === 'image' ? Math.floor(attachment.url.length * 0.75) : new Blob([attachment.text]).size;
}

const toBase64Length = (bytes: number): number => (bytes * 4) / 3 + 64;

async function toSmallImage(file: File, maxBytes: number): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, longestSidePx / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size <= maxBytes) return file;
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return file;
  // A transparent picture would become black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

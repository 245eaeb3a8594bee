// Export: a file made when it is asked for, with the reading's corrections where there are any.
import { useState } from "preact/hooks";
import { message } from "./load";

/** The formats, with the words for people and the ending of a file. */
const FORMATS: Record<string, { words: string; ending: string }> = {
  csv: { words: "CSV", ending: "csv" },
  json: { words: "JSON", ending: "json" },
  annotations: { words: "Annotations", ending: "jsonld" },
  html: { words: "HTML page", ending: "html" },
};

interface ExportProps {
  /** What the files are called. */
  name: string;
  formats?: string[];
  /** Makes the file of a format. */
  make(format: string): Promise<Blob>;
}

/** A button a format. */
export function Export({ name, formats = Object.keys(FORMATS), make }: ExportProps) {
  const [error, setError] = useState<string | null>(null);
  const save = async (format: string) => {
    try {
      download(await make(format), `${name}.${FORMATS[format]?.ending ?? format}`);
      setError(null);
    } catch (e) {
      setError(message(e));
    }
  };
  return (
    <div class="actions" role="group" aria-label="Export">
      <span class="soft">Export</span>
      {formats.map((format) => (
        <button key={format} type="button" class="small" onClick={() => void save(format)}>{FORMATS[format]?.words ?? format}</button>
      ))}
      {error && <p class="message error" role="alert">{error}</p>}
    </div>
  );
}

/** Hands a file to the browser to save. */
function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

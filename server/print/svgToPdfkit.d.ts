declare module 'svg-to-pdfkit' {
  /** Draws SVG into a PDF document. */
  export default function toPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options?: { width?: number; height?: number; fontCallback?: () => string },
  ): void;
}

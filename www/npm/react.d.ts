// Tells React's JSX about the tag: `import type {} from "error-diagnoser/react";`
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ErrorDiagnoser, ErrorDiagnoserAttributes } from "./widget.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "error-diagnoser": DetailedHTMLProps<HTMLAttributes<ErrorDiagnoser>, ErrorDiagnoser> & ErrorDiagnoserAttributes;
    }
  }
}

import Link from "next/link";

import { Help } from "./help.jsx";

export default function Page() {
  return (
    <main>
      <h1>Help centre</h1>
      <Help />
      <Link href="/other/">Another page</Link>
    </main>
  );
}

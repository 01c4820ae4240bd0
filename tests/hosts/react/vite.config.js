export default {
  esbuild: { jsx: "automatic" },
  optimizeDeps: { exclude: ["error-diagnoser"] },
};

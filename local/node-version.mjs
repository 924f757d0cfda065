// JavaScript, because it must run where TypeScript does not.
const REQUIRED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < REQUIRED_MAJOR) {
  console.error(
    `Hookcast runs on Node ${REQUIRED_MAJOR}, this is Node ${process.versions.node}. ` +
      "`npm ci` installs the right one for the scripts of package.json: use `npm start`.",
  );
  process.exit(1);
}

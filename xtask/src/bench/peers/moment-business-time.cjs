// Reads calendar and inputs, prints the seconds it took and one due moment a line.
const fs = require("node:fs");
const moment = require("moment-business-time");

const { holidays, inputs } = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const day = ["09:00:00", "17:00:00"];
moment.updateLocale("en", {
  workinghours: { 0: null, 1: day, 2: day, 3: day, 4: day, 5: day, 6: null },
  holidays,
});
const begun = process.hrtime.bigint();
const due = inputs.map(([start, minutes]) => moment(start * 1000).addWorkingTime(minutes, "minutes").unix());
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log([seconds, ...due].join("\n"));

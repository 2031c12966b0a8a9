// A date and a time of day by keyboard: digits go from part to part, arrows count, the zone stands beside them.
import { type CalendarDate, parseDate, parseTime, type Time } from "@internationalized/date";
import { useId } from "react";
import { DateField, DateInput, DateSegment, I18nProvider, TimeField } from "react-aria-components";
import { type Asked, Note, Optional } from "./asked";
import styles from "./fields.module.css";
import { dayName, partsOf, textOf } from "./wall-time";

/** Digits in the order in which the house speaks of days. */
const LOCALE = "en-GB";

interface Momentary extends Asked {
  /** The day that it is now, on the wall where the times are typed. */
  readonly today: string;
  /** The zone of that wall. */
  readonly zone: string;
}

/** The question. The day is today until somebody says otherwise; the time is always given. */
export function MomentField({ today, zone, ...asked }: Momentary) {
  const note = useId();
  const typed = partsOf(asked.value);
  const day = typed.day || today;
  const chooseDay = (date: CalendarDate | null) =>
    asked.onChange(textOf({ day: date === null ? "" : written(date), time: typed.time }));
  const chooseTime = (time: Time | null) =>
    asked.onChange(time === null ? textOf({ ...typed, time: "" }) : textOf({ day, time: clockTime(time) }));
  const shared = {
    className: styles.part ?? "",
    "aria-describedby": note,
    isInvalid: asked.wrong !== undefined,
  };
  return (
    <fieldset
      className={styles.field}
      data-field={asked.name}
      data-wrong={asked.wrong !== undefined || undefined}
      aria-describedby={note}
    >
      <legend className={styles.label}>
        {asked.label}
        <Optional optional={asked.optional} />
      </legend>
      <I18nProvider locale={LOCALE}>
        <div className={styles.moment}>
          <DateField
            {...shared}
            aria-label="Date"
            shouldForceLeadingZeros
            value={parseDate(day)}
            onChange={chooseDay}
          >
            <DateInput className={styles.segments ?? ""}>
              {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
            </DateInput>
          </DateField>
          <div data-empty={(typed.time === "" && !asked.optional) || undefined}>
            <TimeField
              {...shared}
              aria-label="Time"
              shouldForceLeadingZeros
              hourCycle={24}
              value={typed.time === "" ? null : parseTime(typed.time)}
              onChange={chooseTime}
            >
              <DateInput className={styles.segments ?? ""}>
                {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
              </DateInput>
            </TimeField>
          </div>
          <span className={styles.zone}>
            {dayName(day, today.slice(0, 4))} {zone}
          </span>
        </div>
      </I18nProvider>
      <Note id={note} hint={asked.hint} wrong={asked.wrong} />
    </fieldset>
  );
}

function written(date: CalendarDate): string {
  return date.toString();
}

function clockTime(time: Time): string {
  return time.toString().slice(0, 5);
}

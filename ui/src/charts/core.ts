// Only the parts of the chart library that the trend needs.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export { init };
export type { EChartsType } from "echarts/core";

/** The typeface without its quotes, which would end an attribute of the picture. */
export function typeface(): string {
  return token("--font").replaceAll('"', "");
}

/** The colour a token has now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// One drawn mark for each state: never colour alone.
import CircleAlert from "@lucide/svelte/icons/circle-alert";
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CloudDownload from "@lucide/svelte/icons/cloud-download";
import CloudOff from "@lucide/svelte/icons/cloud-off";
import CloudUpload from "@lucide/svelte/icons/cloud-upload";
import Pause from "@lucide/svelte/icons/pause";
import type { SyncState } from "../../state/sync.svelte";

export const ICONS = {
  rest: CircleCheck,
  sending: CloudUpload,
  filling: CloudDownload,
  away: CloudOff,
  paused: Pause,
  trouble: CircleAlert,
  lease: CircleAlert,
} satisfies Record<SyncState, unknown>;

/** How urgent each state is. */
export const TONES: Record<SyncState, "good" | "info" | "warn" | "bad"> = {
  rest: "good",
  sending: "info",
  filling: "info",
  away: "warn",
  paused: "warn",
  trouble: "bad",
  lease: "bad",
};

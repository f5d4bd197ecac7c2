// The one place that says where the types of the commands come from.
export * from "./contract";

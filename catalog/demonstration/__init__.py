"""A catalogue for demonstrations and benchmarks: made up, the same every time, each record marked as a sample 示例."""

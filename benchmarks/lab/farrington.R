# farringtonFlexible of R's package `surveillance` with the settings of Noufaily et al. 2013.
# Arguments: a CSV of counts (weeks x series), the first tested week, and where to write the
# p-values (tested weeks x series; empty where there is none). Called by in_r.py.
suppressPackageStartupMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
count <- as.matrix(read.csv(arguments[1], header = FALSE))
tested <- seq(as.integer(arguments[2]), nrow(count))
control <- list(
  range = tested, b = 5, w = 3, reweight = TRUE, weightsThreshold = 2.58, alpha = .005,
  trend = TRUE, pThresholdTrend = 1, limit54 = c(5, 4), noPeriods = 10,
  pastWeeksNotIncluded = 26, thresholdMethod = "nbPlugin", glmWarnings = FALSE
)
series <- lapply(seq_len(ncol(count)), function(column) {
  counted <- sts(observed = count[, column, drop = FALSE], frequency = 52, start = c(2015, 1))
  surveillance::control(farringtonFlexible(counted, control))$pvalue
})
write.table(do.call(cbind, series), arguments[3],
            sep = ",", na = "", row.names = FALSE, col.names = FALSE)

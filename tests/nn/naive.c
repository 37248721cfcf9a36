/* naive.c - every operation again: slow, obvious, in double precision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "naive.h"

#include <glib.h>
#include <math.h>
#include <string.h>

void
naive_layernorm_forward (double *y,
                         double *mean,
                         double *rstd,
                         const double *x,
                         const double *weight,
                         const double *bias,
                         int rows,
                         int width)
{
  for (int r = 0; r < rows; r++, x += width, y += width)
    {
      double variance = 0;

      mean[r] = 0;
      for (int i = 0; i < width; i++)
        mean[r] += x[i] / width;
      for (int i = 0; i < width; i++)
        variance += (x[i] - mean[r]) * (x[i] - mean[r]) / width;
      rstd[r] = 1 / sqrt (variance + 1e-5);
      for (int i = 0; i < width; i++)
        y[i] = (x[i] - mean[r]) * rstd[r] * weight[i] + bias[i];
    }
}

/* With the whole Jacobian of the normalisation: d n_j / d x_i = (delta_ij - (1 + n_i n_j) / d) / s,
 * where s is the deviation and epsilon is part of it. */
void
naive_layernorm_backward (double *dx,
                          double *dweight,
                          double *dbias,
                          const double *dy,
                          const double *x,
                          const double *weight,
                          int rows,
                          int width)
{
  g_autofree double *ones = g_new (double, width);
  g_autofree double *zeros = g_new0 (double, width);
  g_autofree double *normal = g_new (double, width);
  double mean, rstd;

  for (int i = 0; i < width; i++)
    ones[i] = 1;
  for (int r = 0; r < rows; r++, x += width, dx += width, dy += width)
    {
      naive_layernorm_forward (normal, &mean, &rstd, x, ones, zeros, 1, width);
      for (int j = 0; j < width; j++)
        {
          dweight[j] += dy[j] * normal[j];
          dbias[j] += dy[j];
          for (int i = 0; i < width; i++)
            dx[i] += dy[j] * weight[j] * rstd * ((i == j) - (1 + normal[i] * normal[j]) / width);
        }
    }
}

double
naive_gelu (double x)
{
  return 0.5 * x * (1 + tanh (sqrt (2 / M_PI) * (x + 0.044715 * pow (x, 3))));
}

double
naive_gelu_slope (double x)
{
  double u = sqrt (2 / M_PI) * (x + 0.044715 * pow (x, 3));
  double slope = sqrt (2 / M_PI) * (1 + 3 * 0.044715 * x * x);

  /* 1 / cosh (u) is 0 long before its square times the slope could be anything else */
  return 0.5 * (1 + tanh (u)) + (fabs (u) < 300 ? 0.5 * x * slope / pow (cosh (u), 2) : 0);
}

void
naive_softmax (double *probabilities, const double *logits, int rows, int vocab)
{
  for (int r = 0; r < rows; r++, logits += vocab, probabilities += vocab)
    {
      double max = -INFINITY, sum = 0;

      for (int i = 0; i < vocab; i++)
        max = MAX (max, logits[i]);
      for (int i = 0; i < vocab; i++)
        sum += exp (logits[i] - max);
      for (int i = 0; i < vocab; i++)
        probabilities[i] = exp (logits[i] - max) / sum;
    }
}

void
naive_cross_entropy (double *losses,
                     int32_t *best,
                     double *dlogits,
                     const double *logits,
                     const int32_t *targets,
                     double scale,
                     int rows,
                     int vocab)
{
  naive_softmax (dlogits, logits, rows, vocab);
  for (int r = 0; r < rows; r++, logits += vocab, dlogits += vocab)
    {
      double max = -INFINITY, sum = 0;

      for (int i = 0; i < vocab; i++)
        if (logits[i] > max)
          {
            max = logits[i];
            best[r] = i;
          }
      for (int i = 0; i < vocab; i++)
        sum += exp (logits[i] - max);
      losses[r] = log (sum) + max - logits[targets[r]];
      for (int i = 0; i < vocab; i++)
        dlogits[i] = scale * (dlogits[i] - (i == targets[r]));
    }
}

void
naive_product (double *c,
               int add,
               const double *a,
               size_t a_row,
               size_t a_col,
               const double *b,
               int b_transposed,
               int m,
               int n,
               int k)
{
  for (int i = 0; i < m; i++)
    for (int j = 0; j < n; j++)
      {
        double sum = 0;

        for (int l = 0; l < k; l++)
          sum += a[i * a_row + l * a_col] * (b_transposed ? b[j * k + l] : b[l * n + j]);
        c[i * n + j] = add ? c[i * n + j] + sum : sum;
      }
}

void
naive_linear_forward (double *y, const double *x, const double *w, int rows, int n_in, int n_out)
{
  for (int r = 0; r < rows; r++)
    for (int o = 0; o < n_out; o++)
      {
        y[r * n_out + o] = 0;
        for (int i = 0; i < n_in; i++)
          y[r * n_out + o] += w[o * n_in + i] * x[r * n_in + i];
      }
}

void
naive_linear_backward_input (
    double *dx, const double *dy, const double *w, int rows, int n_in, int n_out)
{
  memset (dx, 0, (size_t) rows * n_in * sizeof *dx);
  for (int r = 0; r < rows; r++)
    for (int o = 0; o < n_out; o++)
      for (int i = 0; i < n_in; i++)
        dx[r * n_in + i] += dy[r * n_out + o] * w[o * n_in + i];
}

void
naive_linear_backward_weight (
    double *dw, const double *dy, const double *x, int rows, int n_in, int n_out, int fresh)
{
  if (fresh)
    memset (dw, 0, (size_t) n_out * n_in * sizeof *dw);
  for (int r = 0; r < rows; r++)
    for (int o = 0; o < n_out; o++)
      for (int i = 0; i < n_in; i++)
        dw[o * n_in + i] += dy[r * n_out + o] * x[r * n_in + i];
}

void
naive_adamw (double *weights,
             double *m,
             double *v,
             const double *gradient,
             size_t n,
             double lr,
             double weight_decay,
             double beta1,
             double beta2,
             double epsilon,
             int t)
{
  for (size_t i = 0; i < n; i++)
    {
      m[i] = beta1 * m[i] + (1 - beta1) * gradient[i];
      v[i] = beta2 * v[i] + (1 - beta2) * gradient[i] * gradient[i];
      weights[i] -= lr * weight_decay * weights[i];
      weights[i]
          -= lr * m[i] / (1 - pow (beta1, t)) / (sqrt (v[i] / (1 - pow (beta2, t))) + epsilon);
    }
}

double
naive_muon_polynomial (double s)
{
  return 3.4445 * s - 4.7750 * pow (s, 3) + 2.0315 * pow (s, 5);
}

/* Always on the side of the rows: x = a x + (b g + c g g) x with g = x x^T. */
void
naive_muon_orthogonalise (double *x, int rows, int cols)
{
  g_autofree double *gram = g_new (double, rows *rows);
  g_autofree double *cubic = g_new (double, rows *cols);
  g_autofree double *quintic = g_new (double, rows *cols);
  double squares = 0;

  for (int i = 0; i < rows * cols; i++)
    squares += x[i] * x[i];
  for (int i = 0; i < rows * cols; i++)
    x[i] /= sqrt (squares) + 1e-7;
  for (int step = 0; step < 5; step++)
    {
      naive_product (gram, 0, x, cols, 1, x, 1, rows, rows, cols);
      naive_product (cubic, 0, gram, rows, 1, x, 0, rows, cols, rows);
      naive_product (quintic, 0, gram, rows, 1, cubic, 0, rows, cols, rows);
      for (int i = 0; i < rows * cols; i++)
        x[i] = 3.4445 * x[i] - 4.7750 * cubic[i] + 2.0315 * quintic[i];
    }
}

void
naive_muon_step (double *weights,
                 double *momentum,
                 const double *gradient,
                 int rows,
                 int cols,
                 double lr,
                 double weight_decay,
                 double mu)
{
  g_autofree double *update = g_new (double, rows *cols);

  for (int i = 0; i < rows * cols; i++)
    {
      momentum[i] = mu * momentum[i] + gradient[i];
      update[i] = gradient[i] + mu * momentum[i];
    }
  naive_muon_orthogonalise (update, rows, cols);
  for (int i = 0; i < rows * cols; i++)
    {
      weights[i] -= lr * weight_decay * weights[i];
      weights[i] -= lr * sqrt (MAX (1, (double) rows / cols)) * update[i];
    }
}

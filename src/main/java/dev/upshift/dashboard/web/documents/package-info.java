/** The documents of this product, shown where an operator needs them: in the product. */
@NullMarked
package dev.upshift.dashboard.web.documents;

import org.jspecify.annotations.NullMarked;

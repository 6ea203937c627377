/// HTTP: pages, the API and the event stream. The only package that knows servlets and templates.
@NullMarked
package dev.transpack.web;

import org.jspecify.annotations.NullMarked;
